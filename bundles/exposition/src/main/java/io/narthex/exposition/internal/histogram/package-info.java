/** Native histograms made of what scrape bodies have. */
@NullMarked
package io.narthex.exposition.internal.histogram;

import org.jspecify.annotations.NullMarked;
