//! Values that are none until somebody else fills them, and values that were taken out by a pointer: whoever showed one would read what is not there.
use std::ffi::{CStr, c_char};
use std::fmt;
use std::mem::MaybeUninit;
use std::ptr::{self, read, write};
#[repr(C)]
pub struct Info {
    name: *const c_char,
    n: u32,
}
impl fmt::Debug for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", unsafe { CStr::from_ptr(self.name) })
    }
}
unsafe extern "C" fn fill(info: *mut Info) {
    unsafe {
        (*info).name = c"abc".as_ptr();
        (*info).n = 3;
    }
}
#[scope::instrument]
pub fn info(n: u32) -> Info {
    let mut info: Info = unsafe { std::mem::zeroed() };
    unsafe { fill(&mut info) };
    info.n += n;
    info
}
#[scope::instrument]
pub fn zero() -> MaybeUninit<Info> {
    let mut info = MaybeUninit::<Info>::zeroed();
    let inner = unsafe { info.assume_init_mut() };
    inner.n = 1;
    info
}
/// Not there once it was dropped.
pub struct Doc(*const u8);
static BYTE: u8 = 7;
impl Drop for Doc {
    fn drop(&mut self) {
        unsafe { ptr::write_volatile(&mut self.0, ptr::null()) };
    }
}
impl fmt::Debug for Doc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Doc({})", unsafe { ptr::read_volatile(self.0) })
    }
}
fn renewed(old: Doc) -> Doc {
    drop(old);
    Doc(&BYTE)
}
#[scope::instrument]
pub fn by_names(doc: &mut Doc) {
    unsafe {
        let new = renewed(read(doc));
        write(doc, new);
    }
}
#[scope::instrument]
pub fn by_methods(doc: &mut Doc) {
    let pointer: *mut Doc = doc;
    let new = renewed(unsafe { pointer.read() });
    unsafe { ptr::from_mut(doc).write(new) }
}
#[scope::instrument]
pub fn by_copies(doc: &mut Doc) {
    unsafe {
        let mut old = MaybeUninit::<Doc>::uninit();
        ptr::copy_nonoverlapping(doc, old.as_mut_ptr(), 1);
        let new = renewed(old.assume_init());
        ptr::copy_nonoverlapping(&new, doc, 1);
        std::mem::forget(new);
    }
}
/// Whoever shows one reads what is in it.
pub struct Inline(MaybeUninit<String>);
impl fmt::Debug for Inline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unsafe { self.0.assume_init_ref() })
    }
}
#[scope::instrument]
pub fn by_pointer(text: String) -> Inline {
    let mut inline = Inline(MaybeUninit::uninit());
    let to: *mut String = inline.0.as_mut_ptr();
    unsafe { to.write(text) };
    inline
}
#[scope::instrument]
pub fn in_safe_code(text: String) -> Inline {
    let mut inline = Inline(MaybeUninit::uninit());
    inline.0.write(text);
    inline
}
#[scope::instrument]
pub fn set_aside(n: usize) -> Vec<Info> {
    let mut infos: Vec<Info> = Vec::with_capacity(n);
    let room: &mut [Info] = unsafe { std::slice::from_raw_parts_mut(infos.as_mut_ptr(), infos.capacity()) };
    let at = room.as_mut_ptr();
    (0..n).for_each(|index| unsafe { fill(at.add(index)) });
    unsafe { infos.set_len(n) };
    infos
}
/// Its room is called otherwise.
pub struct Stack<T> {
    at: ptr::NonNull<T>,
    cap: usize,
    len: usize,
}
#[scope::instrument]
impl<T> Stack<T> {
    pub fn new(cap: usize) -> Self {
        let at: *mut T = unsafe { std::alloc::alloc(std::alloc::Layout::array::<T>(cap).unwrap()) }.cast();
        Stack { at: ptr::NonNull::new(at).unwrap(), cap, len: 0 }
    }
    pub fn spare(&mut self) -> &mut [T] {
        let n = self.cap - self.len;
        unsafe { std::slice::from_raw_parts_mut(self.at.as_ptr().add(self.len), n) }
    }
}
/// Known only when it is where it stays.
pub struct Unmovable {
    data: [u8; 8],
    slice: ptr::NonNull<[u8]>,
}
impl fmt::Debug for Unmovable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unmovable({:?})", unsafe { self.slice.as_ref() })
    }
}
#[scope::instrument]
impl Unmovable {
    pub fn new(data: [u8; 8]) -> Box<Self> {
        let nowhere = ptr::NonNull::slice_from_raw_parts(ptr::NonNull::dangling(), 1 << 40);
        let mut boxed = Box::new(Unmovable { data, slice: nowhere });
        let slice = ptr::NonNull::from(&boxed.data[2..4]);
        let first = unsafe { slice.as_ref() }[0];
        boxed.slice = slice;
        assert_eq!(first, 3);
        boxed
    }
}
fn main() {
    assert_eq!(Stack::<String>::new(4).spare().len(), 4);
    assert_eq!(format!("{:?}", Unmovable::new([1, 2, 3, 4, 5, 6, 7, 8])), "Unmovable([3, 4])");
    assert_eq!(unsafe { by_pointer("a".to_owned()).0.assume_init() }, "a");
    assert_eq!(unsafe { in_safe_code("b".to_owned()).0.assume_init() }, "b");
    assert_eq!(set_aside(2).len(), 2);
    assert_eq!(info(1).n, 4);
    assert_eq!(unsafe { zero().assume_init() }.n, 1);
    let mut doc = Doc(&BYTE);
    by_names(&mut doc);
    by_methods(&mut doc);
    by_copies(&mut doc);
    assert_eq!(unsafe { *doc.0 }, 7);
}
//> Stack<T>::new(cap = 4)
//> Stack<T>::new Returned
//> Stack<T>::spare(self = <Opaque: unmade_values::Stack<alloc::string::String>, 24 bytes>)
//> Stack<T>::spare Returned
//> Unmovable::new(data = b"\x01\x02\x03\x04\x05\x06\x07\x08")
//> Unmovable::new Returned Unmovable([3, 4])
//> by_pointer(text = "a")
//> by_pointer Returned
//> in_safe_code(text = "b")
//> in_safe_code Returned
//> set_aside(n = 2)
//> set_aside Returned
//> info(n = 1)
//> info Returned
//> zero()
//> zero Returned
//> by_names(doc = Doc(7))
//> by_names Returned
//> by_methods(doc = Doc(7))
//> by_methods Returned
//> by_copies()
//> by_copies Returned
