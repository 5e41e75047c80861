//! The functions of the global allocator.
//@ only size: 12345
use std::alloc::*;
struct A;
unsafe impl GlobalAlloc for A {
    #[scope::instrument]
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        System.alloc(l)
    }
    #[scope::instrument]
    unsafe fn dealloc(&self, p: *mut u8, l: Layout) {
        System.dealloc(p, l)
    }
}
#[global_allocator]
static A_: A = A;
fn main() {
    assert_eq!(vec![1u8; 12345].len(), 12345);
}
//> alloc(self = <Opaque: global_alloc::A, 0 bytes>, l = Layout { size: 12345, align: 1 (1 << 0) })
//> dealloc(self = <Opaque: global_alloc::A, 0 bytes>, p = 0x…, l = Layout { size: 12345, align: 1 (1 << 0) })
