/** Readers of scrape bodies: a quick way for plain lines, a lexer for all others. */
@NullMarked
package io.narthex.exposition.internal;

import org.jspecify.annotations.NullMarked;
