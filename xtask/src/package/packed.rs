//! Owns how bytes travel inside a script: deflated, then base64; never decides which.

use anyhow::Context as _;
use base64::Engine as _;

/// Deflated without a header, as base64: what `KibitzCore.inflate` takes.
///
/// Zopfli looks longer than zlib does and finds 6 % less for the weights of the model, which hardly repeat.
///
/// # Errors
/// When the compressor fails, which it has no reason to.
pub fn packed(bytes: &[u8]) -> anyhow::Result<String> {
    let mut deflated = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Deflate, bytes, &mut deflated)
        .context("the compressor failed")?;
    Ok(base64::engine::general_purpose::STANDARD.encode(deflated))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn comes_back() {
        for bytes in [vec![], b"Kibitz".repeat(1000), (0..=255).collect()] {
            let deflated = base64::engine::general_purpose::STANDARD.decode(packed(&bytes).unwrap()).unwrap();
            let mut back = Vec::new();
            flate2::read::DeflateDecoder::new(deflated.as_slice()).read_to_end(&mut back).unwrap();
            assert_eq!(back, bytes);
        }
        assert!(packed(&b"Kibitz".repeat(1000)).unwrap().len() < 100);
    }
}
