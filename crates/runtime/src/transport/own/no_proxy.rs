use std::net::IpAddr;

/// Where requests go without a proxy, in the form that curl understands.
#[derive(Default)]
pub(super) struct NoProxy(Vec<Rule>);

enum Rule {
    Everything,
    /// A domain in lower case; what is under it is meant too.
    Domain(String),
    /// The addresses that begin with the same bits.
    Network(IpAddr, u32),
}

impl NoProxy {
    /// Reads a list separated by commas: domains (`example.com`, `.example.com` and `*.example.com` are the same),
    /// addresses, networks (`10.0.0.0/8`), and `*` for everything. What is none of these is passed over, as all
    /// programs do that read the variable.
    pub(super) fn parse(list: &str) -> Self {
        let rules = list.split(',').filter_map(|item| rule(item.trim()));
        Self(rules.collect())
    }

    pub(super) fn has(&self, host: &str) -> bool {
        let host = bare(host);
        let address = host.parse::<IpAddr>().ok();
        self.0.iter().any(|rule| match (rule, address) {
            (Rule::Everything, _) => true,
            (Rule::Network(network, bits), Some(address)) => {
                is_within(address, *network, *bits).unwrap_or(false)
            }
            (Rule::Domain(domain), None) => {
                let host = host.to_ascii_lowercase();
                let before = host.strip_suffix(domain.as_str());
                before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
            }
            _ => false,
        })
    }
}

fn rule(item: &str) -> Option<Rule> {
    if item == "*" {
        return Some(Rule::Everything);
    }
    if let Ok(address) = bare(item).parse() {
        return Some(Rule::Network(address, u32::MAX));
    }
    if let Some((network, bits)) = item.split_once('/') {
        return Some(Rule::Network(network.parse().ok()?, bits.parse().ok()?));
    }
    let domain = item.strip_prefix('*').unwrap_or(item);
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    (!domain.is_empty()).then(|| Rule::Domain(domain.to_ascii_lowercase()))
}

/// A host without the brackets around an IPv6 address.
fn bare(host: &str) -> &str {
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inner.unwrap_or(host)
}

/// Whether the first bits of both addresses are the same; `None` if one is of IPv4 and the other of IPv6.
fn is_within(address: IpAddr, network: IpAddr, bits: u32) -> Option<bool> {
    let (difference, length) = match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (u128::from(a.to_bits() ^ b.to_bits()), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits(), 128),
        _ => return None,
    };
    let free = length - bits.min(length);
    Some(difference.checked_shr(free).unwrap_or(0) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_domains_addresses_and_networks() {
        let list = NoProxy::parse(
            "example.com, .Inner.test,*.star.test,10.0.0.0/8,192.168.1.7,fd00::/8,[::1],0/x,,",
        );
        for host in [
            "example.com",
            "EXAMPLE.com",
            "api.example.com",
            "inner.test",
            "a.b.inner.test",
            "x.star.test",
            "10.255.0.1",
            "192.168.1.7",
            "[fd12::1]",
            "[::1]",
        ] {
            assert!(list.has(host), "{host}");
        }
        for host in [
            "notexample.com",
            "example.com.evil.test",
            "com",
            "11.0.0.1",
            "192.168.1.8",
            "[fe80::1]",
            "::2",
            "localhost",
        ] {
            assert!(!list.has(host), "{host}");
        }
    }

    #[test]
    fn knows_everything_and_nothing() {
        for host in ["a.test", "10.0.0.1", "[::1]"] {
            assert!(NoProxy::parse("b.test, *").has(host));
            assert!(!NoProxy::parse("").has(host));
        }
        assert!(NoProxy::parse("0.0.0.0/0").has("8.8.8.8"));
        assert!(NoProxy::parse("::/0").has("[2001:db8::1]"));
        assert!(!NoProxy::parse("0.0.0.0/0").has("[2001:db8::1]"));
    }
}
