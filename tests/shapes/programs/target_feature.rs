//! Intrinsics in a #[target_feature] fn, inlining attributes kept.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse4.2")]
#[inline]
#[scope::instrument]
unsafe fn f(x: u32) -> u32 {
    std::arch::x86_64::_mm_crc32_u8(x, 1)
}
#[inline(always)]
#[scope::instrument]
fn g() -> u8 {
    1
}
#[cold]
#[inline(never)]
#[must_use]
#[scope::instrument]
fn h() -> u8 {
    1
}
fn main() {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("sse4.2") {
        unsafe {
            f(1);
        }
    }
    assert_eq!(g() + h(), 2);
}
//> f(x = 1)
//> f Returned 0
//> g()
//> g Returned 1
//> h()
//> h Returned 1
