//! Owns what the packager must know of the bound module: that it uses no feature the twin lacks, and where 64-bit integers cross; never changes it.

use anyhow::{Context as _, bail};
use wasmparser::{
    CompositeInnerType, ExternalKind, FuncType, Parser, Payload, TypeRef, ValType, Validator, WasmFeatures,
};

/// The only module the glue imports from.
pub const IMPORTS: &str = "./kibitz_bg.js";

/// What both engines and wasm2js can do; everything else (reference types, several results, vectors, threads …) is refused.
/// Saturating conversion of floats is refused too: binaryen's lowering of it gives another value than Wasm for NaN and out of range
/// (`i32::MAX` becomes `i32::MIN`). Without the feature the compiler writes Rust's `as` out, and both forms agree.
const FEATURES: WasmFeatures = WasmFeatures::WASM1
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::MUTABLE_GLOBAL);

/// An imported function that takes 64-bit integers: JavaScript made by wasm2js passes each as two halves, low half first.
#[derive(Debug, PartialEq, Eq)]
pub struct WideImport {
    /// Its name in the import object.
    pub name: String,
    /// For each parameter, whether it is a 64-bit integer.
    pub wide: Vec<bool>,
}

/// Reads the bound module's signatures.
///
/// # Errors
/// When the module uses a feature that one of its forms has not, imports from elsewhere than the glue,
/// exports a function with a 64-bit integer, or imports one that answers with one.
pub fn wide_imports(module: &[u8]) -> anyhow::Result<Vec<WideImport>> {
    Validator::new_with_features(FEATURES)
        .validate_all(module)
        .context("the module uses a feature that the JavaScript twin has not")?;
    let mut types: Vec<FuncType> = Vec::new();
    let mut functions: Vec<u32> = Vec::new();
    let mut wide = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::TypeSection(section) = payload {
            for group in section {
                for sub in group?.into_types() {
                    let CompositeInnerType::Func(func) = sub.composite_type.inner else {
                        bail!("the module has a type that is not a function's");
                    };
                    types.push(func);
                }
            }
        } else if let Payload::ImportSection(section) = payload {
            for import in section {
                let import = import?;
                let TypeRef::Func(index) = import.ty else {
                    bail!("import {} is not a function", import.name);
                };
                if import.module != IMPORTS {
                    bail!("import {} comes from {}, not from {IMPORTS}", import.name, import.module);
                }
                functions.push(index);
                let func = types.get(index as usize).context("type index")?;
                if func.results().contains(&ValType::I64) {
                    bail!("import {} answers with a 64-bit integer", import.name);
                }
                if func.params().contains(&ValType::I64) {
                    let params = func.params().iter().map(|&param| param == ValType::I64).collect();
                    wide.push(WideImport { name: import.name.to_owned(), wide: params });
                }
            }
        } else if let Payload::FunctionSection(section) = payload {
            for index in section {
                functions.push(index?);
            }
        } else if let Payload::ExportSection(section) = payload {
            for export in section {
                let export = export?;
                if export.kind != ExternalKind::Func {
                    continue;
                }
                let index = functions.get(export.index as usize).context("function index")?;
                let func = types.get(*index as usize).context("type index")?;
                if func.params().contains(&ValType::I64) || func.results().contains(&ValType::I64) {
                    bail!(
                        "export {} passes a 64-bit integer, which the twin cannot: let the boundary use f64 or u32",
                        export.name
                    );
                }
            }
        }
    }
    Ok(wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    const I32: u8 = 0x7f;
    const I64: u8 = 0x7e;
    const EXTERNREF: u8 = 0x6f;

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        [&[id, u8::try_from(body.len()).unwrap()], body].concat()
    }

    fn name(text: &str) -> Vec<u8> {
        [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
    }

    /// A module whose one function type has these parameters and results, and that imports such a function or exports one.
    fn module(params: &[u8], results: &[u8], import_from: Option<&str>, export: bool) -> Vec<u8> {
        let count = |list: &[u8]| u8::try_from(list.len()).unwrap();
        let types = [&[1, 0x60, count(params)], params, &[count(results)], results].concat();
        let mut bytes = [b"\0asm\x01\0\0\0".to_vec(), section(1, &types)].concat();
        if let Some(from) = import_from {
            bytes.extend(section(2, &[&[1][..], &name(from), &name("f"), &[0, 0]].concat()));
        }
        if export {
            bytes.extend(section(3, &[1, 0]));
            let index = u8::from(import_from.is_some());
            bytes.extend(section(7, &[&[1][..], &name("g"), &[0, index]].concat()));
            bytes.extend(section(10, &[1, 3, 0, 0, 0x0b]));
        }
        bytes
    }

    #[track_caller]
    fn check(module: &[u8], wide: Option<&[bool]>) {
        let found = wide_imports(module).ok();
        let found = found.as_ref().map(|list| list.first().map_or(&[][..], |import| &import.wide));
        assert_eq!(found, wide, "{:?}", wide_imports(module));
    }

    #[test]
    fn finds_what_the_twin_must_join_and_refuses_what_it_cannot() {
        check(&module(&[I32], &[], Some(IMPORTS), true), Some(&[]));
        check(&module(&[I32, I64], &[], Some(IMPORTS), false), Some(&[false, true]));
        check(&module(&[I32], &[I64], Some(IMPORTS), false), None);
        check(&module(&[I64], &[], None, true), None);
        check(&module(&[I32], &[], Some("env"), false), None);
        check(&module(&[EXTERNREF], &[], Some(IMPORTS), false), None);
        check(&module(&[I32], &[I32, I32], Some(IMPORTS), false), None);
    }
}
