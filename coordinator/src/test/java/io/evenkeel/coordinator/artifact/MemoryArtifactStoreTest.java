package io.evenkeel.coordinator.artifact;

class MemoryArtifactStoreTest extends ArtifactStoreContract {

    @Override
    ArtifactStore store() {
        return new MemoryArtifactStore();
    }
}
