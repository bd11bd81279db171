/** Targets: their labels, addresses and phases. */
@NullMarked
package io.narthex.scrape.internal.target;

import org.jspecify.annotations.NullMarked;
