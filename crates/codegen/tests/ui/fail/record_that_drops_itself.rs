pub struct Member {
    pub name: Option<String>,
    pub extra: tc3::Extra,
}

impl Drop for Member {
    fn drop(&mut self) {}
}

tc3::record!(Member { 0 => name: "Name", });

fn main() {}
