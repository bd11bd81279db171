package io.narthex.api.config;

/**
 * The runtime section.
 *
 * @param gogc kept for the file's sake: it sets the collector of another runtime
 */
public record RuntimeConfig(int gogc) {
  public static final RuntimeConfig DEFAULT = new RuntimeConfig(75);
}
