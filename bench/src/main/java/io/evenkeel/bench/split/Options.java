package io.evenkeel.bench.split;

/**
 * What the command line sets.
 *
 * <p>Immutable.
 *
 * @param seeds number of draws, from 1
 * @param pullMs cost of a pull of our queue
 * @param processPullMs cost of a pull of queues that start a process for each
 * @param leaseMs how long a dead machine keeps its work
 */
record Options(int seeds, double pullMs, double processPullMs, double leaseMs) {}
