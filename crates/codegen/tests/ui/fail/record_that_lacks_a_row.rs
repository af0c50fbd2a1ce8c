pub struct Member {
    pub name: Option<String>,
    pub age: Option<i64>,
    pub extra: tc3::Extra,
}

tc3::record!(Member { 0 => name: "Name", });

fn main() {}
