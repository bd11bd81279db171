package io.narthex.model;

/**
 * An example that a sample points to, for instance a trace.
 *
 * @param timestamp milliseconds since the epoch
 * @param hasTimestamp whether it was exposed with that time; else it is that of its sample
 */
public record Exemplar(Labels labels, double value, long timestamp, boolean hasTimestamp) {

  /** Whether it says the same as the one before: without a time of its own, whatever the time. */
  public boolean repeats(Exemplar before) {
    return labels.equals(before.labels)
        && Double.compare(value, before.value) == 0
        && hasTimestamp == before.hasTimestamp
        && (!hasTimestamp || timestamp == before.timestamp);
  }
}
