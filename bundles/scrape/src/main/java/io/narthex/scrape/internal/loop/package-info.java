/** One target's loop: wait, fetch, parse, append, report. */
@NullMarked
package io.narthex.scrape.internal.loop;

import org.jspecify.annotations.NullMarked;
