/** The scrape manager: pools of targets, configuration, views, metrics. */
@NullMarked
package io.narthex.scrape.internal;

import org.jspecify.annotations.NullMarked;
