//! What structs are declared once for.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DataStruct, DeriveInput, Error, Fields, Ident, parse_macro_input};

/// Lets a struct be read from an object of JavaScript's: field by field in their order, each under its name in camelCase
/// and by its own type. A field that is an `Option` may be left out. So the struct, whose documentation and types reach
/// `index.d.ts` by `#[napi(object)]`, is the one declaration of what it is. With `#[from_js(exact)]` an object that has any
/// other property is refused.
#[proc_macro_derive(FromJs, attributes(from_js))]
pub fn derive_from_js(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let is_exact = input.attrs.iter().any(|attribute| attribute.path().is_ident("from_js"));
    derived(&input, |fields| {
        let refuse_others = is_exact.then(|| {
            quote! { properties.refuse_others(&[#(crate::input::properties::name!(#fields)),*])?; }
        });
        quote! {
            impl crate::input::FromJs for #name {
                fn from_js(
                    value: ::napi::bindgen_prelude::Unknown<'_>,
                    path: &crate::input::Path<'_>,
                ) -> Result<Self, ::twitter_native_core::error::Error> {
                    let properties = crate::input::properties::OwnProperties::of(value, path)?;
                    #refuse_others
                    Ok(Self { #(#fields: properties.read(crate::input::properties::name!(#fields))?,)* })
                }
            }
        }
    })
}

/// Lets a struct of `Option`s be filled from another one: `or` takes each field that is `None` from there.
#[proc_macro_derive(Fallback)]
pub fn derive_fallback(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    derived(&input, |fields| {
        quote! {
            impl #name {
                /// Fills what is not set here from `fallback`.
                #[must_use]
                pub fn or(self, fallback: &Self) -> Self {
                    Self { #(#fields: self.#fields.or_else(|| fallback.#fields.clone()),)* }
                }
            }
        }
    })
}

/// What is made of a struct's fields.
fn derived(input: &DeriveInput, make: impl FnOnce(&[&Ident]) -> proc_macro2::TokenStream) -> TokenStream {
    let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = &input.data else {
        let refusal = Error::new_spanned(&input.ident, "only a struct with named fields is taken");
        return refusal.to_compile_error().into();
    };
    let names: Vec<&Ident> = fields.named.iter().filter_map(|field| field.ident.as_ref()).collect();
    make(&names).into()
}
