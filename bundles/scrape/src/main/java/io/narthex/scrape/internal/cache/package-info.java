/** What a scrape loop remembers of its target: series and metadata, by their bytes. */
@NullMarked
package io.narthex.scrape.internal.cache;

import org.jspecify.annotations.NullMarked;
