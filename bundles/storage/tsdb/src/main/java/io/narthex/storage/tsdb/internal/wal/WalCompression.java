package io.narthex.storage.tsdb.internal.wal;

/** How records are compressed. */
public enum WalCompression {
  NONE,
  SNAPPY,
  ZSTD;

  /**
   * The value of the flags {@code wal-compression} and {@code wal-compression-type}.
   *
   * @throws IllegalArgumentException if the type is unknown
   */
  public static WalCompression of(boolean enabled, String type) {
    WalCompression chosen =
        switch (type) {
          case "", "snappy" -> SNAPPY;
          case "zstd" -> ZSTD;
          case "none" -> NONE;
          default ->
              throw new IllegalArgumentException(
                  "enum value must be one of snappy,zstd, got '" + type + "'");
        };
    return enabled ? chosen : NONE;
  }
}
