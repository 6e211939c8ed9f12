//! Smaller and turned pictures.

use super::Raster;

/// Parts of a pixel that are distinguished.
const PARTS: usize = 256;

/// The same picture in fewer pixels: each is the mean of those that it covers, by the area of each and by how opaque it
/// is.
pub(super) fn shrink(from: &Raster, width: usize, height: usize) -> Raster {
    let channels = from.channels;
    let has_alpha = from.has_alpha();
    let rows: Vec<&[u8]> = from.pixels.chunks_exact(from.width * channels).collect();
    let mut pixels = Vec::with_capacity(width * height * channels);
    let mut sums = vec![0_u64; width * channels];
    for y in 0..height {
        sums.fill(0);
        for (row, row_weight) in covered(y, from.height, height) {
            let Some(row) = rows.get(row) else { continue };
            let (samples, _) = row.split_at(from.width * channels);
            for (x, sum) in sums.chunks_exact_mut(channels).enumerate() {
                for (column, weight) in covered(x, from.width, width) {
                    if let Some(pixel) = samples.get(column * channels..(column + 1) * channels) {
                        add(sum, pixel, weight * row_weight, has_alpha);
                    }
                }
            }
        }
        let height_covered = extent(y, from.height, height);
        for (x, sum) in sums.chunks_exact(channels).enumerate() {
            finish(sum, extent(x, from.width, width) * height_covered, has_alpha, &mut pixels);
        }
    }
    Raster { pixels, width, height, channels, icc_profile: None }
}

/// Where a new pixel of a line begins and ends among the old ones, in parts.
fn edges(new: usize, old_length: usize, new_length: usize) -> (usize, usize) {
    let edge = |index: usize| index * old_length * PARTS / new_length;
    (edge(new), edge(new + 1))
}

fn extent(new: usize, old_length: usize, new_length: usize) -> u64 {
    let (start, end) = edges(new, old_length, new_length);
    (end - start) as u64
}

/// The old pixels of a line that a new one covers, and how much of each, in parts.
fn covered(new: usize, old_length: usize, new_length: usize) -> impl Iterator<Item = (usize, u64)> {
    let (start, end) = edges(new, old_length, new_length);
    (start / PARTS..end.div_ceil(PARTS)).map(move |old| {
        let (from, to) = (start.max(old * PARTS), end.min((old + 1) * PARTS));
        (old, to.saturating_sub(from) as u64)
    })
}

fn add(sum: &mut [u64], pixel: &[u8], weight: u64, has_alpha: bool) {
    let alpha = match pixel.last() {
        Some(alpha) if has_alpha => u64::from(*alpha),
        _ => 1,
    };
    let last = pixel.len() - usize::from(has_alpha);
    for (index, (sum, sample)) in sum.iter_mut().zip(pixel).enumerate() {
        let weight = if index < last { weight * alpha } else { weight };
        *sum += u64::from(*sample) * weight;
    }
}

fn finish(sum: &[u64], area: u64, has_alpha: bool, pixels: &mut Vec<u8>) {
    let opaque = match sum.last() {
        Some(alpha) if has_alpha => *alpha,
        _ => area,
    };
    let last = sum.len() - usize::from(has_alpha);
    for (index, sum) in sum.iter().enumerate() {
        let area = if index < last { opaque } else { area };
        let mean = (sum + area / 2).checked_div(area).unwrap_or(0).min(255);
        pixels.push(u8::try_from(mean).unwrap_or(u8::MAX));
    }
}

/// The picture as its EXIF says to show it (CIPA DC-008 §4.6.4, tag 274).
pub(super) fn turn(from: Raster, orientation: u16) -> Raster {
    let (width, height, channels) = (from.width, from.height, from.channels);
    let swaps = orientation >= 5;
    let (new_width, new_height) = if swaps { (height, width) } else { (width, height) };
    let mut pixels = Vec::with_capacity(from.pixels.len());
    for y in 0..new_height {
        for x in 0..new_width {
            let (column, row) = if swaps { (y, x) } else { (x, y) };
            let column = if matches!(orientation, 2 | 3 | 7 | 8) { width - 1 - column } else { column };
            let row = if matches!(orientation, 3 | 4 | 6 | 7) { height - 1 - row } else { row };
            let start = (row * width + column) * channels;
            pixels.extend_from_slice(from.pixels.get(start..start + channels).unwrap_or_default());
        }
    }
    Raster { pixels, width: new_width, height: new_height, ..from }
}

/// The same picture without its alpha, if it is opaque everywhere.
pub(super) fn without_idle_alpha(mut raster: Raster) -> Raster {
    let channels = raster.channels;
    let is_opaque = |pixel: &[u8]| pixel.last() == Some(&u8::MAX);
    if !raster.has_alpha() || !raster.pixels.chunks_exact(channels).all(is_opaque) {
        return raster;
    }
    let mut index = 0;
    raster.pixels.retain(|_| {
        index += 1;
        index % channels != 0
    });
    raster.channels -= 1;
    raster
}
