//! Ranges of the editions before 2021: the others refuse them, with us and without.
#![allow(unused)]

/*@*/
pub fn arms(n: u8, c: char) -> u8 {
    match Some(&n) {
        Some(&0...9) => 1,
        Some(&(10...19)) => 2,
        _ => match c {
            'a'...'f' | 'k'...'p' => 3,
            x @ 'q'...'s' => x as u8,
            'x'..='z' => 4,
            _ => "no letter ...".len() as u8,
        },
    }
}
/*@*/
pub fn elsewhere(n: Option<u8>) -> bool {
    if let Some(0...9) = n {
        return true;
    }
    let one = |n: u8| matches!(n, 1...3);
    while let Some(20...29) = n {}
    one(4)
}
