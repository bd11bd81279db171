package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.StorageConfig;
import io.narthex.api.config.StorageConfig.Exemplars;
import io.narthex.api.config.StorageConfig.Retention;
import io.narthex.api.config.StorageConfig.Tsdb;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.ByteSize;
import io.narthex.model.GoFloat;
import io.narthex.model.GoQuote;
import org.jspecify.annotations.Nullable;

/** Reads the storage section. */
final class StorageReader {

  private final ReaderOptions options;

  StorageReader(ReaderOptions options) {
    this.options = options;
  }

  StorageConfig read(@Nullable ConfigNode node) throws ConfigurationException {
    Tsdb tsdb = new Tsdb(0, 0, "", options.retention());
    Exemplars exemplars = null;
    if (node != null) {
      ConfigNode.Fields f = node.fields("config.StorageConfig");
      ConfigNode tsdbNode = f.find("tsdb");
      ConfigNode exemplarsNode = f.find("exemplars");
      f.end();
      if (tsdbNode != null && !tsdbNode.isNull()) {
        tsdb = tsdb(tsdbNode);
      }
      if (exemplarsNode != null && !exemplarsNode.isNull()) {
        ConfigNode.Fields e = exemplarsNode.fields("config.ExemplarsConfig");
        exemplars = new Exemplars(FieldValues.integer(e, "max_exemplars", 0));
        e.end();
      }
    }
    if (exemplars == null && options.has("exemplar-storage")) {
      exemplars = Exemplars.DEFAULT;
    }
    return new StorageConfig(tsdb, exemplars);
  }

  private Tsdb tsdb(ConfigNode node) throws ConfigurationException {
    ConfigNode.Fields f = node.fields("config.plain");
    // The reference prints this next to the duration and reads it back; the duration decides.
    ConfigNode unused = f.find("outofordertimewindow");
    Tsdb c =
        new Tsdb(
            f.duration("out_of_order_time_window", 0),
            f.number("stale_series_compaction_threshold", 0),
            floats(f.find("chunk_encoding")),
            retention(f.find("retention")));
    f.end();
    if (options.has("st-storage") && c.floatChunkEncoding().equals("xor")) {
      throw node.error(
          "'storage.tsdb.chunk_encoding.floats: xor' cannot be used with the st-storage feature");
    }
    return c;
  }

  private static String floats(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null) {
      return "";
    }
    ConfigNode.Fields f = node.fields("config.ChunkEncodingConfig");
    String floats = f.text("floats", "");
    f.end();
    return switch (floats) {
      case "", "xor", "xor2" -> floats;
      default ->
          throw node.error(
              "'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be"
                  + " omitted entirely, got "
                  + GoQuote.quote(floats));
    };
  }

  private Retention retention(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null || node.isNull()) {
      return options.retention();
    }
    ConfigNode.Fields f = node.fields("config.plain");
    Retention r =
        new Retention(
            f.duration("time", 0), FieldValues.bytes(f, "size"), f.number("percentage", 0));
    f.end();
    if (r.size() < 0) {
      throw node.error(
          "'storage.tsdb.retention.size' must be greater than or equal to 0, got "
              + ByteSize.format(r.size()));
    }
    if (!(r.percentage() >= 0 && r.percentage() <= 100)) {
      throw node.error(
          "'storage.tsdb.retention.percentage' must be in the range [0, 100], got "
              + GoFloat.g(r.percentage()));
    }
    return r;
  }
}
