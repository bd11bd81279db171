/** The registry of the server's own metrics, the page that shows them, and the log's control. */
@NullMarked
package io.narthex.telemetry.internal;

import org.jspecify.annotations.NullMarked;
