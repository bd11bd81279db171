package io.narthex.model;

/** What an exposition says of a metric family; unit and help are empty when it says nothing. */
public record MetricMetadata(MetricType type, String unit, String help) {}
