/**
 * The index of a block.
 *
 * <pre>
 * index    := magic(BAAAD700) version(1) symbols series postings* postings-table toc
 * symbols  := length(BE32) count(BE32) string* crc
 * series   := zero* length(uvarint) labels(uvarint) ( name(uvarint) value(uvarint) )*
 *             chunks(uvarint) [ mint(varint) maxt-mint(uvarint) ref(uvarint)
 *             ( mint-maxt'(uvarint) maxt-mint(uvarint) ref-ref'(varint) )* ] crc
 * postings := zero* length(BE32) count(BE32) series(BE32)* crc
 * postings-table := length(BE32) count(BE32) ( 2 name(string) value(string) offset(uvarint) )* crc
 * toc      := symbols(BE64) series(BE64) label-indices(BE64) label-index-table(BE64)
 *             postings(BE64) postings-table(BE64) crc
 * </pre>
 *
 * Series begin at multiples of 16 and are named by that multiple, postings at multiples of 4. Names
 * and values are ordinals of symbols in version 2, and offsets of them in version 1, which has
 * postings at no multiples and series named by their offsets. Checksums are CRC-32C of what stands
 * between length and checksum.
 */
@NullMarked
package io.narthex.storage.tsdb.internal.block.index;

import org.jspecify.annotations.NullMarked;
