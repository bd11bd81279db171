package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.Expositions;
import org.osgi.service.component.annotations.Component;

/** Makes readers for the text formats. */
@Component
public final class BodyExpositions implements Expositions {

  @Override
  public ExpositionReader reader(ExpositionFormat format, boolean startTimestamps) {
    return switch (format) {
      case TEXT -> new TextReader();
      case OPENMETRICS -> new OpenMetricsReader(startTimestamps);
      case PROTOBUF ->
          throw new UnsupportedOperationException(
              "not supported yet: the protobuf exposition format");
    };
  }
}
