//! Safe #[target_feature] fn.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[scope::instrument]
fn f(a: std::arch::x86_64::__m256i) -> std::arch::x86_64::__m256i {
    std::arch::x86_64::_mm256_add_epi8(a, a)
}
fn main() {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        unsafe {
            f(std::arch::x86_64::_mm256_setzero_si256());
        }
    }
}
//> f(a = __m256i(0, 0, 0, 0))
//> f Returned __m256i(0, 0, 0, 0)
