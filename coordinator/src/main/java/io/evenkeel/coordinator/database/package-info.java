/**
 * The one SQLite file: migrations, a writer that groups commits, a pool of readers.
 *
 * <p>May use JDBC, Jdbi, HikariCP and Flyway; knows no table.
 */
@NullMarked
package io.evenkeel.coordinator.database;

import org.jspecify.annotations.NullMarked;
