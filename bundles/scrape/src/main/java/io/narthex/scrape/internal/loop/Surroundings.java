package io.narthex.scrape.internal.loop;

import io.narthex.api.exposition.Expositions;
import io.narthex.api.storage.Storage;

/**
 * What all loops of the server share.
 *
 * @param tolerance how many nanoseconds a scrape's timestamp may be moved to fit the schedule; 0
 *     for not at all
 */
public record Surroundings(
    ScrapeTime time,
    Storage storage,
    Expositions expositions,
    Bodies bodies,
    ScrapeMetrics metrics,
    Features features,
    long tolerance,
    String userAgent) {}
