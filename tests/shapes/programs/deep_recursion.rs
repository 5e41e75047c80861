//! 10,000 calls deep in 8 MiB.
#[scope::instrument]
fn f(n: u32) -> u32 {
    if n == 0 {
        0
    } else {
        f(n - 1) + 1
    }
}
fn main() {
    std::thread::Builder::new().stack_size(8 << 20).spawn(|| assert_eq!(f(10_000), 10_000)).unwrap().join().unwrap();
}
//> f(n = 10000)
//>   branch else of if n == 0
//>   f(n = 9999)
//>     branch else of if n == 0
//>     f(n = 9998)
//>       branch else of if n == 0
//>       f(n = 9997)
//>         branch else of if n == 0
//>         f(n = 9996)
//>           branch else of if n == 0
//>           f(n = 9995)
//>             branch else of if n == 0
//>             f(n = 9994)
//>               branch else of if n == 0
//>               f(n = 9993)
//>                 branch else of if n == 0
//>                 f(n = 9992)
//>                   branch else of if n == 0
//>                   f(n = 9991)
//>                     branch else of if n == 0
//>                     f(n = 9990)
//>                       branch else of if n == 0
//>                       f(n = 9989)
//>                         branch else of if n == 0
//>                         f(n = 9988)
//>                           branch else of if n == 0
//>                           f(n = 9987)
//>                             branch else of if n == 0
//>                             f(n = 9986)
//>                               branch else of if n == 0
//>                               f(n = 9985)
//>                                 branch else of if n == 0
//>                                 f(n = 9984)
//>                                   branch else of if n == 0
//>                                   f(n = 9983)
//>                                     branch else of if n == 0
//>                                     f(n = 9982)
//>                                       branch else of if n == 0
//>                                       f(n = 9981)
//>                                         branch else of if n == 0
//> … 29923 more
//>                                                                               f Returned 9961
//>                                                                             f Returned 9962
//>                                                                           f Returned 9963
//>                                                                         f Returned 9964
//>                                                                       f Returned 9965
//>                                                                     f Returned 9966
//>                                                                   f Returned 9967
//>                                                                 f Returned 9968
//>                                                               f Returned 9969
//>                                                             f Returned 9970
//>                                                           f Returned 9971
//>                                                         f Returned 9972
//>                                                       f Returned 9973
//>                                                     f Returned 9974
//>                                                   f Returned 9975
//>                                                 f Returned 9976
//>                                               f Returned 9977
//>                                             f Returned 9978
//>                                           f Returned 9979
//>                                         f Returned 9980
//>                                       f Returned 9981
//>                                     f Returned 9982
//>                                   f Returned 9983
//>                                 f Returned 9984
//>                               f Returned 9985
//>                             f Returned 9986
//>                           f Returned 9987
//>                         f Returned 9988
//>                       f Returned 9989
//>                     f Returned 9990
//>                   f Returned 9991
//>                 f Returned 9992
//>               f Returned 9993
//>             f Returned 9994
//>           f Returned 9995
//>         f Returned 9996
//>       f Returned 9997
//>     f Returned 9998
//>   f Returned 9999
//> f Returned 10000
