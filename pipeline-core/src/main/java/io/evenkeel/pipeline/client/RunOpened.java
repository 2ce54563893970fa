package io.evenkeel.pipeline.client;

/**
 * The coordinator knows the run.
 *
 * @param runId the coordinator's own id
 * @param url page of the run, for people
 */
public record RunOpened(String runId, String url) {}
