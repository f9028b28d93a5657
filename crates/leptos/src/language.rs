//! The languages: those that the toolbar has a file of.

macro_rules! languages {
    ($($(#[$usual:ident])? $name:ident $tag:literal $own:literal;)*) => {
        /// How the toolbar speaks. Another language of the toolbar's is another one here.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Lang {
            $(#[doc = $own] $(#[$usual])? $name,)*
        }

        impl Lang {
            /// Every one, the usual one first.
            pub const ALL: &'static [Lang] = &[$(Lang::$name,)*];

            /// Its BCP 47 tag.
            pub const fn tag(self) -> &'static str {
                match self { $(Lang::$name => $tag,)* }
            }

            /// What it calls itself.
            pub const fn name(self) -> &'static str {
                match self { $(Lang::$name => $own,)* }
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_toolbar_is_one() {
        let ours = Lang::ALL.iter().map(|lang| (lang.tag(), lang.name()));
        let toolbar = agent::Lang::all().map(|lang| (lang.tag(), lang.name()));
        assert_eq!(ours.collect::<Vec<_>>(), toolbar.collect::<Vec<_>>());
        assert_eq!(Lang::default().tag(), agent::Lang::default().tag());
        assert_eq!((Lang::ZhCn.tag(), Lang::En.tag()), ("zh-CN", "en"));
    }
}
