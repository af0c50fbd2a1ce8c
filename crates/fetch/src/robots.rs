//! `robots.txt`, by RFC 9309.

use std::time::Duration;

/// The number of bytes that are read: the minimum that RFC 9309 requires.
pub(crate) const MAX_BYTES: usize = 500 * 1024;

/// The rules for one user agent.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// `Crawl-delay`, which is common although not part of the RFC.
    pub(crate) delay: Option<Duration>,
}

#[derive(Debug, PartialEq)]
struct Rule {
    allows: bool,
    /// The normalized pieces between `*` wildcards.
    pieces: Vec<String>,
    /// Whether the pattern ends with `$`.
    is_anchored: bool,
    /// The length of the pattern. The longest matching rule applies.
    length: usize,
}

/// The groups that apply to a user agent.
#[derive(Default)]
struct Groups {
    own: Robots,
    /// The rules of `*`, which apply if there is no own group.
    all: Robots,
    has_own: bool,
}

impl Robots {
    /// Parses the rules for a product token.
    pub(crate) fn parse(text: &str, token: &str) -> Robots {
        let mut groups = Groups::default();
        let (mut is_own, mut is_all, mut begins) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').split(['\r', '\n']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                // A group can name several user agents; the first other line ends the list.
                if !begins {
                    (is_own, is_all, begins) = (false, false, true);
                }
                is_own |= product(value).eq_ignore_ascii_case(token);
                is_all |= value == "*";
                groups.has_own |= is_own;
                continue;
            }
            let rule = match key.as_str() {
                "allow" => Rule::new(true, value),
                "disallow" => Rule::new(false, value),
                "crawl-delay" => None,
                // Other keys, for example Sitemap, belong to no group.
                _ => continue,
            };
            begins = false;
            let delay = match key.as_str() {
                "crawl-delay" => seconds(value),
                _ => None,
            };
            let robots = match (is_own, is_all) {
                (true, _) => &mut groups.own,
                (_, true) => &mut groups.all,
                _ => continue,
            };
            robots.rules.extend(rule);
            robots.delay = robots.delay.max(delay);
        }
        if groups.has_own {
            groups.own
        } else {
            groups.all
        }
    }

    /// Whether a path with its query may be requested.
    pub(crate) fn allow(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = normalize(path, true);
        let matching = self.rules.iter().filter(|rule| rule.matches(&path));
        // `Allow` wins over `Disallow` of the same length.
        let rule = matching.max_by_key(|rule| (rule.length, rule.allows));
        rule.is_none_or(|rule| rule.allows)
    }
}

impl Rule {
    /// Creates a rule, or `None` if the path is empty.
    fn new(allows: bool, path: &str) -> Option<Rule> {
        if path.is_empty() {
            return None;
        }
        let (pattern, is_anchored) = match path.strip_suffix('$') {
            Some(pattern) => (pattern, true),
            None => (path, false),
        };
        let pieces = pattern.split('*').map(|piece| normalize(piece, false));
        Some(Rule {
            allows,
            pieces: pieces.collect(),
            is_anchored,
            length: path.len(),
        })
    }

    fn matches(&self, path: &str) -> bool {
        let Some((first, others)) = self.pieces.split_first() else {
            return true;
        };
        let Some(mut rest) = path.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, between)) = others.split_last() else {
            return !self.is_anchored || rest.is_empty();
        };
        for piece in between {
            match rest.find(piece.as_str()) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        match self.is_anchored {
            true => rest.ends_with(last.as_str()),
            false => rest.contains(last.as_str()),
        }
    }
}

/// Returns the product token of a name: `Example` for `Example/1.0`.
fn product(name: &str) -> &str {
    let is_token = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    let end = name.find(|c| !is_token(c)).unwrap_or(name.len());
    &name[..end]
}

fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Normalizes the percent-encoding of a path for comparison.
///
/// `is_literal` is true for a requested path, in which `*` is an ordinary character and is escaped.
fn normalize(path: &str, is_literal: bool) -> String {
    let bytes = path.as_bytes();
    let mut normal = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        let escaped = match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        at += if escaped.is_some() { 3 } else { 1 };
        let decoded = escaped.unwrap_or(byte);
        let is_unreserved = decoded.is_ascii_alphanumeric() || b"-._~".contains(&decoded);
        let is_kept = match escaped {
            Some(_) => is_unreserved,
            None => decoded.is_ascii() && decoded != b'$' && (decoded != b'*' || !is_literal),
        };
        if is_kept {
            normal.push(char::from(decoded));
        } else {
            normal.push_str(&format!("%{decoded:02X}"));
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robots(text: &str) -> Robots {
        Robots::parse(text, "tc-fetch")
    }

    #[track_caller]
    fn check(text: &str, allowed: &[&str], disallowed: &[&str]) {
        let robots = robots(text);
        for path in allowed {
            assert!(robots.allow(path), "{path} is disallowed");
        }
        for path in disallowed {
            assert!(!robots.allow(path), "{path} is allowed");
        }
    }

    #[test]
    fn allowed_by_default() {
        for text in [
            "",
            "User-agent: *\nDisallow:\n",
            "<html>Sign in: here</html>",
            "Disallow: /\n",
        ] {
            check(text, &["/", "/a?b=c"], &[]);
        }
    }

    #[test]
    fn disallow_matches_prefix() {
        let text = "User-agent: *\nDisallow: /a\nDisallow: /b/ # not this\n";
        check(
            text,
            &["/", "/b", "/A", "/robots.txt"],
            &["/a", "/ab?c", "/b/"],
        );
        check(
            "user-agent: *\rdisallow: /\r",
            &["/robots.txt"],
            &["/", "/x"],
        );
    }

    #[test]
    fn longest_rule_wins() {
        let text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n";
        check(text, &["/a/b", "/a/b/d"], &["/a", "/a/b/c"]);
        check(
            "User-agent: *\nAllow: /a\nDisallow: /a\n",
            &["/a", "/ab"],
            &[],
        );
    }

    #[test]
    fn wildcards_and_anchors() {
        let text = "User-agent: *\nDisallow: /*.php$\nDisallow: /x*y*z\n";
        check(
            text,
            &["/a.php5", "/a.php?b", "/xzy"],
            &["/a.php", "/a.php/b.php", "/xyz", "/x1y2z3"],
        );
        check("User-agent: *\nDisallow: /$\n", &["/a"], &["/"]);
        check(
            "User-agent: *\nDisallow: /a*a$\n",
            &["/a", "/aab"],
            &["/aa", "/aba"],
        );
    }

    #[test]
    fn paths_are_normalized() {
        let text =
            "User-agent: *\nDisallow: /%66oo\nDisallow: /é\nDisallow: /a%2fb\nDisallow: /c%2A\n";
        check(
            text,
            &["/a/b", "/cd"],
            &["/foo", "/%C3%A9", "/%c3%a9", "/a%2Fb", "/c*"],
        );
    }

    #[test]
    fn own_group_wins_over_wildcard_group() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: TC-Fetch/2\nDisallow: /a\n\
                    Sitemap: /map\nUser-agent: tc-fetch\nDisallow: /b\n";
        check(text, &["/c"], &["/a", "/b"]);
        check(
            "User-agent: *\nDisallow: /\nUser-agent: tc-fetch\nAllow: /a\n",
            &["/a", "/b"],
            &[],
        );
        check("User-agent: tc-fetch-else\nDisallow: /\n", &["/"], &[]);
    }

    #[test]
    fn crawl_delay_of_own_group() {
        let text = "User-agent: tc-fetch\nCrawl-delay: 2.5\n\nUser-agent: *\nCrawl-delay: 60\n";
        assert_eq!(robots(text).delay, Some(Duration::from_millis(2500)));
        for text in ["-1", "soon", "NaN", "1e999"] {
            let text = format!("User-agent: *\nCrawl-delay: {text}\n");
            assert_eq!(robots(&text).delay, None);
        }
    }
}
