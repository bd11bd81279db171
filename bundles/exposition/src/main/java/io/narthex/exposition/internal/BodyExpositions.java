package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.Expositions;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.exposition.internal.protobuf.ProtobufReader;
import org.osgi.service.component.annotations.Component;

/** Makes readers for all formats. */
@Component
public final class BodyExpositions implements Expositions {

  @Override
  public ExpositionReader reader(ExpositionFormat format, ReaderOptions options) {
    return switch (format) {
      case TEXT -> text(new TextReader(), options);
      case OPENMETRICS -> text(new OpenMetricsReader(options.startTimestamps()), options);
      case PROTOBUF -> new ProtobufReader(options);
    };
  }

  private static ExpositionReader text(BodyReader reader, ReaderOptions options) {
    return options.customBuckets()
        ? new CustomBucketsReader(reader, options.classicHistograms())
        : reader;
  }
}
