//@ only last
//! More variables of unknown types than rustc can keep open: behind the hundredth, numbers and texts are shown.
fn next<T: Clone>(value: &T) -> T {
    value.clone()
}
#[scope::instrument]
fn many(first: u64) -> u64 {
    let v0 = next(&first);
    let v1 = next(&v0);
    let v2 = next(&v1);
    let v3 = next(&v2);
    let v4 = next(&v3);
    let v5 = next(&v4);
    let v6 = next(&v5);
    let v7 = next(&v6);
    let v8 = next(&v7);
    let v9 = next(&v8);
    let v10 = next(&v9);
    let v11 = next(&v10);
    let v12 = next(&v11);
    let v13 = next(&v12);
    let v14 = next(&v13);
    let v15 = next(&v14);
    let v16 = next(&v15);
    let v17 = next(&v16);
    let v18 = next(&v17);
    let v19 = next(&v18);
    let v20 = next(&v19);
    let v21 = next(&v20);
    let v22 = next(&v21);
    let v23 = next(&v22);
    let v24 = next(&v23);
    let v25 = next(&v24);
    let v26 = next(&v25);
    let v27 = next(&v26);
    let v28 = next(&v27);
    let v29 = next(&v28);
    let v30 = next(&v29);
    let v31 = next(&v30);
    let v32 = next(&v31);
    let v33 = next(&v32);
    let v34 = next(&v33);
    let v35 = next(&v34);
    let v36 = next(&v35);
    let v37 = next(&v36);
    let v38 = next(&v37);
    let v39 = next(&v38);
    let v40 = next(&v39);
    let v41 = next(&v40);
    let v42 = next(&v41);
    let v43 = next(&v42);
    let v44 = next(&v43);
    let v45 = next(&v44);
    let v46 = next(&v45);
    let v47 = next(&v46);
    let v48 = next(&v47);
    let v49 = next(&v48);
    let v50 = next(&v49);
    let v51 = next(&v50);
    let v52 = next(&v51);
    let v53 = next(&v52);
    let v54 = next(&v53);
    let v55 = next(&v54);
    let v56 = next(&v55);
    let v57 = next(&v56);
    let v58 = next(&v57);
    let v59 = next(&v58);
    let v60 = next(&v59);
    let v61 = next(&v60);
    let v62 = next(&v61);
    let v63 = next(&v62);
    let v64 = next(&v63);
    let v65 = next(&v64);
    let v66 = next(&v65);
    let v67 = next(&v66);
    let v68 = next(&v67);
    let v69 = next(&v68);
    let v70 = next(&v69);
    let v71 = next(&v70);
    let v72 = next(&v71);
    let v73 = next(&v72);
    let v74 = next(&v73);
    let v75 = next(&v74);
    let v76 = next(&v75);
    let v77 = next(&v76);
    let v78 = next(&v77);
    let v79 = next(&v78);
    let v80 = next(&v79);
    let v81 = next(&v80);
    let v82 = next(&v81);
    let v83 = next(&v82);
    let v84 = next(&v83);
    let v85 = next(&v84);
    let v86 = next(&v85);
    let v87 = next(&v86);
    let v88 = next(&v87);
    let v89 = next(&v88);
    let v90 = next(&v89);
    let v91 = next(&v90);
    let v92 = next(&v91);
    let v93 = next(&v92);
    let v94 = next(&v93);
    let v95 = next(&v94);
    let v96 = next(&v95);
    let v97 = next(&v96);
    let v98 = next(&v97);
    let v99 = next(&v98);
    let v100 = next(&v99);
    let v101 = next(&v100);
    let v102 = next(&v101);
    let v103 = next(&v102);
    let last_number = next(&v103);
    let last_text = next(&"text");
    let last_list = next(&vec![last_number]);
    last_list[0] + last_text.len() as u64
}
fn main() {
    assert_eq!(many(1), 5);
}
//>   last_number = 1
//>   last_text = "text"
//>   last_list = <Opaque: alloc::vec::Vec<u64>, 24 bytes>
