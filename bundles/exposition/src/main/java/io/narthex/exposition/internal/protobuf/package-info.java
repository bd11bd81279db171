/** The protobuf format of scrape bodies: metric families, each behind its length. */
@NullMarked
package io.narthex.exposition.internal.protobuf;

import org.jspecify.annotations.NullMarked;
