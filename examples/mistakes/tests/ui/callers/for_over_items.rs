use tencentcloud_organization::v20210331::Client;

fn identities(client: &Client) {
    for identity in client.describe_organization_nodes().offset(0).limit(10).items() {
        drop(identity);
    }
    for page in client.describe_organization_nodes().offset(0).limit(10).pages() {
        drop(page);
    }
}

fn main() {}
