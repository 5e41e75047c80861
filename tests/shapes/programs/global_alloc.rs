//! The functions of the global allocator.
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
    assert_eq!(vec![1u8; 10].len(), 10);
}
//> alloc(self = <Opaque: &global_alloc::A, 8 bytes>, l = Layout { size: 4, align: 1 (1 << 0) })
//> alloc Returned 0x…
//> alloc(self = <Opaque: &global_alloc::A, 8 bytes>, l = Layout { size: 544, align: 8 (1 << 3) })
//> alloc Returned 0x…
//> alloc(self = <Opaque: &global_alloc::A, 8 bytes>, l = Layout { size: 10, align: 1 (1 << 0) })
//> alloc Returned 0x…
//> dealloc(self = <Opaque: &global_alloc::A, 8 bytes>, p = 0x…, l = Layout { size: 10, align: 1 (1 << 0) })
//> dealloc Returned
//> dealloc(self = <Opaque: &global_alloc::A, 8 bytes>, p = 0x…, l = Layout { size: 4, align: 1 (1 << 0) })
//> dealloc Returned
//> dealloc(self = <Opaque: &global_alloc::A, 8 bytes>, p = 0x…, l = Layout { size: 24, align: 8 (1 << 3) })
//> dealloc Returned
//> alloc(self = <Opaque: &global_alloc::A, 8 bytes>, l = Layout { size: 5, align: 1 (1 << 0) })
//> alloc Returned 0x…
