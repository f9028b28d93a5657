;; Puts together the wasm that crates/xtask/src/build/apart.rs has taken apart and encode.rs has made a text of. It is a wasm itself
;; because it runs once for each page: JavaScript would be interpreted from its first byte to its last, which takes ten times as long.
;; It is compiled without being optimized, so what is frequent goes the shortest way: three of four instructions have nothing
;; behind them, or one number.
;;
;; In the memory: from 0 on the byte for each character of one byte in UTF-8; from 128 on the alignments, and from 256 on the part
;; that has what follows each opcode, both as digits; from 704 on, which is 512 and four for each code below that of the digit 0,
;; where each part begins. All else is written by who calls.
(module
  (memory (export "memory") 1)
  (data (i32.const 128) "__alignments__")
  (data (i32.const 256) "__follows__")

  ;; The bytes for a text in UTF-8, in its own place: they are never more.
  (func $decode (param $from i32) (param $end i32)
    (local $to i32) (local $byte i32)
    (local.set $to (local.get $from))
    (loop $each
      (local.set $byte (i32.load8_u (local.get $from)))
      (if (i32.lt_u (local.get $byte) (i32.const 128))
        (then (local.set $byte (i32.load8_u (local.get $byte))))
        ;; A character of two bytes stands for the one in its lower eight bits, one of three for its own three.
        (else (if (i32.eq (i32.and (local.get $byte) (i32.const 0xe0)) (i32.const 0xc0))
          (then
            (local.set $from (i32.add (local.get $from) (i32.const 1)))
            (local.set $byte (i32.or
              (i32.shl (local.get $byte) (i32.const 6))
              (i32.and (i32.load8_u (local.get $from)) (i32.const 63))))))))
      (i32.store8 (local.get $to) (local.get $byte))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $each (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 1))) (local.get $end)))))

  ;; Writes the wasm to `at`, of the text between `text` and `end`.
  (func (export "together") (param $at i32) (param $text i32) (param $end i32)
    (local $opcodes i32) (local $start i32) (local $opcode i32) (local $depth i32) (local $part i32) (local $count i32)
    (local $from i32) (local $value i32) (local $shift i32) (local $byte i32)
    (call $decode (local.get $text) (local.get $end))
    (local.set $opcodes (i32.load offset=704 (i32.const 0)))
    ;; The head.
    (local.set $count (i32.sub (i32.load offset=740 (i32.const 0)) (i32.load offset=736 (i32.const 0))))
    (memory.copy (local.get $at) (i32.load offset=736 (i32.const 0)) (local.get $count))
    (local.set $at (i32.add (local.get $at) (local.get $count)))
    (local.set $end (i32.load offset=708 (i32.const 0)))
    (loop $functions
      ;; The length of a function stands before it, and is known behind it.
      (local.set $start (local.get $at))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      ;; What declares the locals comes first, as if there were an opcode.
      (local.set $opcode (i32.const -1))
      (local.set $part (i32.const 55))
      (local.set $depth (i32.const 1))
      (block $done
        (loop $pieces
          (block $complete
            (block $numbered
              (block $rare
                (br_if $rare (i32.eq (local.get $part) (i32.const 55)))
                (br_if $numbered (i32.ne (local.get $part) (i32.const 48)))
                ;; Nothing follows; the end of a block may be that of the function.
                (br_if $complete (i32.ne (local.get $opcode) (i32.const 11)))
                (br_if $complete (local.tee $depth (i32.sub (local.get $depth) (i32.const 1))))
                (br $done))
              (local.set $from (i32.load offset=732 (i32.const 0)))
              ;; A float of four bytes, or eight.
              (if (i32.eq (i32.shr_u (i32.sub (local.get $opcode) (i32.const 67)) (i32.const 1)) (i32.const 0))
                (then
                  (local.set $count (i32.shl (i32.sub (local.get $opcode) (i32.const 66)) (i32.const 2)))
                  (memory.copy (local.get $at) (local.get $from) (local.get $count))
                  (local.set $at (i32.add (local.get $at) (local.get $count)))
                  (i32.store offset=732 (i32.const 0) (i32.add (local.get $from) (local.get $count)))
                  (br $complete)))
              ;; The first number says how many follow.
              (local.set $count (i32.const -1))
              (loop $numbers
                (local.set $value (i32.const 0))
                (local.set $shift (i32.const 0))
                (loop $bytes
                  (i32.store8 (local.get $at) (local.tee $byte (i32.load8_u (local.get $from))))
                  (local.set $from (i32.add (local.get $from) (i32.const 1)))
                  (local.set $at (i32.add (local.get $at) (i32.const 1)))
                  (local.set $value (i32.or (local.get $value)
                    (i32.shl (i32.and (local.get $byte) (i32.const 127)) (local.get $shift))))
                  (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
                  (br_if $bytes (i32.gt_u (local.get $byte) (i32.const 127))))
                (if (i32.lt_s (local.get $count) (i32.const 0))
                  (then
                    (local.set $count (i32.const 1))
                    ;; For each run of locals, how many and of which type.
                    (if (i32.lt_s (local.get $opcode) (i32.const 0))
                      (then (local.set $count (i32.add (i32.shl (local.get $value) (i32.const 1)) (i32.const 1)))))
                    ;; A table of labels, and the one for all else.
                    (if (i32.eq (local.get $opcode) (i32.const 14))
                      (then (local.set $count (i32.add (local.get $value) (i32.const 2)))))
                    (if (i32.eq (local.get $opcode) (i32.const 17))
                      (then (local.set $count (i32.const 2))))
                    (if (i32.and (i32.eq (local.get $opcode) (i32.const 252)) (i32.gt_u (local.get $value) (i32.const 7)))
                      (then (local.set $count (select (i32.const 2) (i32.const 3)
                        (i32.or (i32.and (local.get $value) (i32.const 1)) (i32.gt_u (local.get $value) (i32.const 14)))))))))
                (br_if $numbers (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
              (i32.store offset=732 (i32.const 0) (local.get $from))
              (br $complete))
            (if (i32.eq (local.get $part) (i32.const 49))
              (then (local.set $depth (i32.add (local.get $depth) (i32.const 1)))))
            (if (i32.eq (local.get $part) (i32.const 54))
              (then
                ;; The first access to memory is opcode 40.
                (i32.store8 (local.get $at) (i32.sub (i32.load8_u offset=88 (local.get $opcode)) (i32.const 48)))
                (local.set $at (i32.add (local.get $at) (i32.const 1)))))
            (if (i32.eq (local.get $part) (i32.const 56))
              (then (local.set $part (i32.add (i32.load8_u offset=256 (i32.load8_u (local.get $opcodes))) (i32.const 10)))))
            (local.set $from (i32.load offset=512 (local.tee $part (i32.shl (local.get $part) (i32.const 2)))))
            (loop $bytes
              (i32.store8 (local.get $at) (local.tee $byte (i32.load8_u (local.get $from))))
              (local.set $from (i32.add (local.get $from) (i32.const 1)))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (br_if $bytes (i32.gt_u (local.get $byte) (i32.const 127))))
            (i32.store offset=512 (local.get $part) (local.get $from)))
          (i32.store8 (local.get $at) (local.tee $opcode (i32.load8_u (local.get $opcodes))))
          (local.set $opcodes (i32.add (local.get $opcodes) (i32.const 1)))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $part (i32.load8_u offset=256 (local.get $opcode)))
          (br $pieces)))
      (local.set $from (i32.add (local.get $start) (i32.const 4)))
      (local.set $count (i32.sub (local.get $at) (local.get $from)))
      (local.set $at (local.get $start))
      (local.set $value (local.get $count))
      (block $short
        (loop $length
          (br_if $short (i32.lt_u (local.get $value) (i32.const 128)))
          (i32.store8 (local.get $at) (i32.or (local.get $value) (i32.const 128)))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $value (i32.shr_u (local.get $value) (i32.const 7)))
          (br $length)))
      (i32.store8 (local.get $at) (local.get $value))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (memory.copy (local.get $at) (local.get $from) (local.get $count))
      (local.set $at (i32.add (local.get $at) (local.get $count)))
      (br_if $functions (i32.lt_u (local.get $opcodes) (local.get $end))))
    ;; The tail.
    (memory.copy (local.get $at) (i32.load offset=740 (i32.const 0))
      (i32.sub (i32.load offset=744 (i32.const 0)) (i32.load offset=740 (i32.const 0))))))
