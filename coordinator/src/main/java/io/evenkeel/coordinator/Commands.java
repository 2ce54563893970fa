package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.DatabaseException;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/** What commands need that work on a data folder without serving it. */
final class Commands {

    private Commands() {}

    /**
     * Opens the projects of the folder for the action; a coordinator may be running on it.
     *
     * @throws StartException when the folder or the database cannot be opened
     */
    static void withProjects(Path folder, Consumer<Projects> action) {
        withStores(folder, stores -> action.accept(stores.projects()));
    }

    /** The projects of a data folder, and what they have decided. */
    record Stores(Projects projects, ProjectPolicies policies) {}

    /** As {@link #withProjects}, with the policies. */
    static void withStores(Path folder, Consumer<Stores> action) {
        DataFolder.create(folder);
        try (Database database = Database.open(DataFolder.database(folder))) {
            action.accept(new Stores(new Projects(database, InstantSource.system()), new ProjectPolicies(database)));
        } catch (DatabaseException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (Projects.SlugTakenException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
