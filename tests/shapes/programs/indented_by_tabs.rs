//! Sources indented by tabs, with words and attributes in front of `fn`, tell as much as others.
//@ edition 2024
#![deny(warnings)]
use std::fmt;
use std::sync::{Mutex, MutexGuard};
pub struct Pool {
	m: Mutex<u8>,
}
impl fmt::Debug for Pool {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Pool({})", self.m.lock().unwrap())
	}
}
#[scope::instrument]
impl Pool {
	fn inner(&self) -> MutexGuard<'_, u8> {
		self.m.lock().unwrap()
	}
	unsafe fn unsafe_inner(&self) -> MutexGuard<'_, u8> {
		self.m.lock().unwrap()
	}
	#[inline] #[must_use] fn inline_inner(&self) -> MutexGuard<'_, u8> {
		self.m.lock().unwrap()
	}
	pub fn sum(&self) -> u8 {
		let a = self.add(*self.inner());
		let b = unsafe { self.add(*self.unsafe_inner()) };
		let guard = self.inline_inner();
		self.add(a + b + *guard)
	}
	fn add(&self, n: u8) -> u8 {
		n + 1
	}
}
struct Batch(Vec<u8>);
impl Batch {
	pub fn is_empty(self) -> bool {
		self.0.is_empty()
	}
}
#[scope::instrument]
fn takes(batch: Option<Batch>) -> bool {
	if let Some(batch) = batch
		&& batch.is_empty()
	{
		return true;
	}
	false
}
fn main() {
	assert_eq!(Pool { m: Mutex::new(1) }.sum(), 6);
	assert!(takes(Some(Batch(Vec::new()))));
}
//> Pool::sum(self = Pool(1))
//>   Pool::inner(self = <Opaque: indented_by_tabs::Pool (a lock may be held), 8 bytes>)
//>   Pool::inner Returned 1
//>   Pool::add(self = <Opaque: indented_by_tabs::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::add Returned 2
//>   a = 2
//>   Pool::unsafe_inner(self = <Opaque: indented_by_tabs::Pool (a lock may be held), 8 bytes>)
//>   Pool::unsafe_inner Returned 1
//>   Pool::add(self = <Opaque: indented_by_tabs::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::add Returned 2
//>   b = 2
//>   Pool::inline_inner(self = <Opaque: indented_by_tabs::Pool (a lock may be held), 8 bytes>)
//>   Pool::inline_inner Returned 1
//>   guard = 1
//>   Pool::add(self = <Opaque: indented_by_tabs::Pool (a lock may be held), 8 bytes>, n = 5)
//>   Pool::add Returned 6
//> Pool::sum Returned 6
//> takes(batch = Some(<Opaque: indented_by_tabs::Batch, 24 bytes>))
//>   branch if let Some(batch) = batch && batch.is_empty()
//> takes Returned true
