package io.narthex.promql.internal.engine;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What an engine has around it.
 *
 * @param defaultSubqueryStep asked for each query, in milliseconds
 * @param nanoClock like {@link System#nanoTime}
 * @param clock the time of day
 * @param helpers threads that help big queries, beside their own
 */
public record QueryEnvironment(
    LongSupplier defaultSubqueryStep, LongSupplier nanoClock, InstantSource clock, int helpers) {}
