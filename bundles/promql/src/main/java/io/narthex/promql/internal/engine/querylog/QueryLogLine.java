package io.narthex.promql.internal.engine.querylog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.GoFloat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one query as a line of the log, with the reference's keys in its order. */
public final class QueryLogLine {

  private static final JsonFactory JSON = new JsonFactory();

  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private QueryLogLine() {}

  /**
   * The line, its end included.
   *
   * @param statistics null if the query ended before there were any
   * @param error null if there is a result
   */
  public static byte[] of(
      Instant now,
      QueryRequest request,
      QueryResult.@Nullable Statistics statistics,
      @Nullable String error) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("time", NANOS.format(now));
      json.writeStringField("level", "INFO");
      json.writeStringField("source", "promql");
      json.writeStringField("msg", "promql query logged");
      json.writeObjectFieldStart("params");
      json.writeStringField("end", MILLIS.format(Instant.ofEpochMilli(request.end())));
      json.writeStringField("query", request.expression());
      json.writeStringField("start", MILLIS.format(Instant.ofEpochMilli(request.start())));
      json.writeNumberField("step", request.step() / 1000);
      json.writeEndObject();
      if (error != null) {
        json.writeStringField("error", error);
      }
      if (statistics != null) {
        statistics(json, statistics);
      }
      json.writeStringField("spanID", "0".repeat(16));
      json.writeStringField("traceID", "0".repeat(32));
      origin(json, request.origin());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void statistics(JsonGenerator json, QueryResult.Statistics s) throws IOException {
    json.writeObjectFieldStart("stats");
    json.writeObjectFieldStart("timings");
    for (Map.Entry<String, Double> timing : s.timings().entrySet()) {
      json.writeFieldName(timing.getKey());
      json.writeNumber(number(timing.getValue()));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("samples");
    perStep(json, "totalQueryableSamplesPerStep", s.samplesPerStep());
    json.writeNumberField("totalQueryableSamples", s.totalQueryableSamples());
    perStep(json, "samplesReadPerStep", s.samplesReadPerStep());
    json.writeNumberField("samplesRead", s.samplesRead());
    json.writeNumberField("peakSamples", s.peakSamples());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void perStep(JsonGenerator json, String key, long @Nullable [] steps)
      throws IOException {
    if (steps == null) {
      return;
    }
    json.writeArrayFieldStart(key);
    for (int i = 0; i + 1 < steps.length; i += 2) {
      json.writeStartArray();
      json.writeNumber(number(steps[i] / 1000.0));
      json.writeNumber(steps[i + 1]);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** A number as Go's encoder writes it: its exponents have no zero in front. */
  static String number(double value) {
    return GoFloat.sample(value).replace("e-0", "e-");
  }

  private static void origin(JsonGenerator json, QueryOrigin origin) throws IOException {
    switch (origin) {
      case QueryOrigin.Http http -> {
        json.writeObjectFieldStart("httpRequest");
        json.writeStringField("clientIP", http.clientIp());
        json.writeStringField("method", http.method());
        json.writeStringField("path", http.path());
        json.writeEndObject();
      }
      case QueryOrigin.Rule rule -> {
        json.writeObjectFieldStart("ruleGroup");
        json.writeStringField("file", rule.file());
        json.writeStringField("name", rule.group());
        json.writeEndObject();
      }
      case QueryOrigin.Internal _ -> {}
    }
  }
}
