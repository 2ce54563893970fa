package io.evenkeel.pipeline.client;

/**
 * A file the coordinator keeps.
 *
 * @param sha256 its name there, 64 hex digits
 * @param size in bytes
 */
public record StoredArtifact(String sha256, long size) {}
