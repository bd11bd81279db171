package io.narthex.storage.remote.internal.wire;

/** The messages of remote write, with the names that the reference's errors use. */
public final class Shapes {

  private static final Shape LABEL = new Shape("Label").bytes(1, "Name").bytes(2, "Value");
  private static final Shape SAMPLE =
      new Shape("Sample").fixed64(1, "Value").varint(2, "Timestamp");
  private static final Shape SPAN = new Shape("BucketSpan").varint(1, "Offset").varint(2, "Length");
  private static final Shape HISTOGRAM =
      new Shape("Histogram")
          .varint(1, "CountInt")
          .fixed64(2, "CountFloat")
          .fixed64(3, "Sum")
          .varint(4, "Schema")
          .fixed64(5, "ZeroThreshold")
          .varint(6, "ZeroCountInt")
          .fixed64(7, "ZeroCountFloat")
          .message(8, "NegativeSpans", SPAN)
          .varints(9, "NegativeDeltas")
          .fixed64s(10, "NegativeCounts")
          .message(11, "PositiveSpans", SPAN)
          .varints(12, "PositiveDeltas")
          .fixed64s(13, "PositiveCounts")
          .varint(14, "ResetHint")
          .varint(15, "Timestamp")
          .fixed64s(16, "CustomValues");

  /** {@code prometheus.WriteRequest}, remote write 1.0. */
  public static final Shape WRITE_REQUEST_1 =
      new Shape("WriteRequest")
          .message(
              1,
              "Timeseries",
              new Shape("TimeSeries")
                  .message(1, "Labels", LABEL)
                  .message(2, "Samples", SAMPLE)
                  .message(
                      3,
                      "Exemplars",
                      new Shape("Exemplar")
                          .message(1, "Labels", LABEL)
                          .fixed64(2, "Value")
                          .varint(3, "Timestamp"))
                  .message(4, "Histograms", HISTOGRAM))
          .message(
              3,
              "Metadata",
              new Shape("MetricMetadata")
                  .varint(1, "Type")
                  .bytes(2, "MetricFamilyName")
                  .bytes(4, "Help")
                  .bytes(5, "Unit"));

  /** {@code io.prometheus.write.v2.Request}, remote write 2.0. */
  public static final Shape WRITE_REQUEST_2 =
      new Shape("Request")
          .bytes(4, "Symbols")
          .message(
              5,
              "Timeseries",
              new Shape("TimeSeries")
                  .varints(1, "LabelsRefs")
                  .message(2, "Samples", SAMPLE)
                  .message(3, "Histograms", HISTOGRAM)
                  .message(
                      4,
                      "Exemplars",
                      new Shape("Exemplar")
                          .varints(1, "LabelsRefs")
                          .fixed64(2, "Value")
                          .varint(3, "Timestamp"))
                  .message(
                      5,
                      "Metadata",
                      new Shape("Metadata")
                          .varint(1, "Type")
                          .varint(3, "HelpRef")
                          .varint(4, "UnitRef"))
                  .varint(6, "CreatedTimestamp"));

  private Shapes() {}
}
