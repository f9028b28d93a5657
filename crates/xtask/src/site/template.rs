//! Filling in the templates of `www/site/`: `{{name}}` stands for a value, which is HTML already.

use crate::sh::Failure;

/// Fills in a template. What it asks for and is not given fails, and so does what it never asks for.
pub fn fill(name: &str, template: &str, values: &[(&str, &str)]) -> Result<String, Failure> {
    let mut out = String::new();
    let mut rest = template;
    let mut used = Vec::new();
    while let Some((before, behind)) = rest.split_once("{{") {
        let Some((key, behind)) = behind.split_once("}}") else {
            return Err(Failure::new(format!(
                "www/site/{name}: a `{{{{` is never closed"
            )));
        };
        let Some((_, value)) = values.iter().find(|(one, _)| *one == key) else {
            return Err(Failure::new(format!(
                "www/site/{name}: nothing is known of `{key}`"
            )));
        };
        used.push(key);
        out.push_str(before);
        out.push_str(value);
        rest = behind;
    }
    out.push_str(rest);
    match values.iter().find(|(key, _)| !used.contains(key)) {
        Some((key, _)) => Err(Failure::new(format!(
            "www/site/{name} does not say where `{key}` goes"
        ))),
        None => Ok(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_where_the_template_says() {
        let values = [("a", "1"), ("b", "{{a}}")];
        assert_eq!(
            fill("x", "{{a}}{{b}}-{{a}}", &values).ok().as_deref(),
            Some("1{{a}}-1")
        );
        assert!(fill("x", "{{a}}{{c}}{{b}}", &values).is_err());
        assert!(fill("x", "{{a}}", &values).is_err());
        assert!(fill("x", "{{a}}{{b}}{{", &values).is_err());
    }
}
