pub struct Member {
    pub name: Option<String>,
    pub extra: Option<String>,
}

tc3::record!(Member { 0 => name: "Name", });

fn main() {}
