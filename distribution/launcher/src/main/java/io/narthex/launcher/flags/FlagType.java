package io.narthex.launcher.flags;

import io.narthex.model.PromDuration;
import java.util.List;
import java.util.Locale;

/** How the text of a flag becomes a value, and how the value is shown. */
public enum FlagType {
  STRING {
    @Override
    Object parse(String text) {
      return text;
    }
  },
  BOOLEAN {
    @Override
    Object parse(String text) {
      return Boolean.valueOf(text);
    }
  },
  /** Whole numbers, which may be written as {@code 5e7}. */
  INTEGER {
    @Override
    Object parse(String text) {
      return (long) parseDouble(text);
    }
  },
  NUMBER {
    @Override
    Object parse(String text) {
      return parseDouble(text);
    }
  },
  /** Milliseconds, written as {@code 1h30m}. */
  DURATION {
    @Override
    Object parse(String text) {
      return PromDuration.parse(text);
    }

    @Override
    String format(Object value) {
      return PromDuration.format((Long) value);
    }
  },
  /** Milliseconds, written in Go's notation: units may repeat and have fractions. */
  GO_DURATION {
    @Override
    Object parse(String text) {
      return GoDuration.parseNanos(text) / 1_000_000;
    }

    @Override
    String format(Object value) {
      return GoDuration.format((Long) value * 1_000_000);
    }
  },
  /** Bytes, written as {@code 512MB}; a kilobyte has 1024. */
  BYTES {
    @Override
    Object parse(String text) {
      return Base2Bytes.parse(text);
    }

    @Override
    String format(Object value) {
      return Base2Bytes.format((Long) value);
    }
  },
  LOG_LEVEL {
    @Override
    Object parse(String text) {
      String level = text.toLowerCase(Locale.ROOT);
      if (!List.of("debug", "info", "warn", "error").contains(level)) {
        throw new IllegalArgumentException("unrecognized log level " + text);
      }
      return level;
    }
  },
  LOG_FORMAT {
    @Override
    Object parse(String text) {
      if (!List.of("logfmt", "json").contains(text)) {
        throw new IllegalArgumentException("unrecognized log format " + text);
      }
      return text;
    }
  },
  WAL_COMPRESSION {
    @Override
    Object parse(String text) {
      if (!List.of("snappy", "zstd").contains(text)) {
        throw new IllegalArgumentException(
            "enum value must be one of snappy,zstd, got '" + text + "'");
      }
      return text;
    }
  },
  REMOTE_WRITE_MESSAGE {
    @Override
    Object parse(String text) {
      if (!FlagCatalogue.REMOTE_WRITE_MESSAGES.contains(text)) {
        throw new IllegalArgumentException(
            "unknown remote write protobuf message "
                + text
                + ", supported: "
                + String.join(", ", FlagCatalogue.REMOTE_WRITE_MESSAGES));
      }
      return text;
    }
  };

  /**
   * The value of a text: a String, Boolean, Long or Double.
   *
   * @throws IllegalArgumentException with the reference's words
   */
  abstract Object parse(String text);

  /** The text that the API shows for a value. */
  String format(Object value) {
    return String.valueOf(value);
  }

  private static double parseDouble(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "strconv.ParseFloat: parsing \"" + text + "\": invalid syntax", e);
    }
  }
}
