package io.narthex.model;

/**
 * An example that a sample points to, for instance a trace.
 *
 * @param timestamp milliseconds since the epoch; 0 with {@code hasTimestamp} false if not exposed
 */
public record Exemplar(Labels labels, double value, long timestamp, boolean hasTimestamp) {}
