package io.narthex.config.internal.read;

import io.narthex.api.config.StorageConfig;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What besides the files decides how they are read.
 *
 * @param features names of {@code --enable-feature}
 * @param retention of the flags, for a file without a retention section
 * @param environment the environment's variables; null or empty for one that is not set
 */
public record ReaderOptions(
    boolean agent,
    Set<String> features,
    StorageConfig.Retention retention,
    Function<String, @Nullable String> environment) {

  public ReaderOptions {
    features = Set.copyOf(features);
  }

  /** A server without features, flags and environment. */
  public static ReaderOptions plain() {
    return new ReaderOptions(false, Set.of(), StorageConfig.Retention.NONE, name -> null);
  }

  boolean has(String feature) {
    return features.contains(feature);
  }

  /** Whether protobuf is asked for first where the file does not say. */
  boolean protoFirst() {
    return has("created-timestamp-zero-ingestion") || has("st-storage");
  }
}
