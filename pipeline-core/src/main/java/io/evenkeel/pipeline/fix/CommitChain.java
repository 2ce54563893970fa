package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.FixedBranch.Skipped;
import io.evenkeel.pipeline.fix.HeadSources.Edit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The heals that can be committed together on one commit, and the commits made of them.
 *
 * <p>Trees are edited in memory: all other entries, and the modes of the edited files, stay as they are. One thread.
 */
final class CommitChain {

    private final Repository repository;
    private final RevCommit base;
    private final List<Link> links = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    CommitChain(Repository repository, RevCommit base) {
        this.repository = repository;
        this.base = base;
    }

    /** Adds a heal, or notes why it is skipped. */
    void add(ProvenHeal heal, HeadSources sources) throws IOException {
        List<Edit> edits = new ArrayList<>();
        for (io.evenkeel.healing.patch.Patch patch : heal.patches()) {
            Optional<String> refusal = sources.carry(patch)
                    .match(
                            edit -> {
                                edits.add(edit);
                                return Optional.empty();
                            },
                            refused -> Optional.of(refused.reason()));
            if (refusal.isPresent()) {
                skipped.add(new Skipped(heal, refusal.get()));
                return;
            }
        }
        List<Edit> fresh = edits.stream()
                .filter(edit -> all().stream().noneMatch(edit::sameAs))
                .toList();
        if (fresh.isEmpty()) {
            skipped.add(new Skipped(heal, "Another heal makes the same edit."));
        } else if (fresh.stream().anyMatch(edit -> all().stream().anyMatch(edit::overlaps))) {
            skipped.add(new Skipped(heal, "Another heal edits the same place differently. Choose one by hand."));
        } else {
            links.add(new Link(heal, fresh));
        }
    }

    private List<Edit> all() {
        return links.stream().flatMap(link -> link.edits().stream()).toList();
    }

    List<Skipped> skipped() {
        return List.copyOf(skipped);
    }

    /** Returns the first heal that is committed. */
    ProvenHeal first() {
        return links.get(0).heal();
    }

    int size() {
        return links.size();
    }

    /** Returns the tree with every edit. */
    ObjectId tree() throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = tree(links.size(), inserter);
            inserter.flush();
            return tree;
        }
    }

    /** Writes one commit for each heal; returns the last one. */
    ObjectId write(PersonIdent author, String branch) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId parent = base.getId();
            for (int i = 0; i < links.size(); i++) {
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(tree(i + 1, inserter));
                commit.setParentId(parent);
                commit.setAuthor(author);
                commit.setCommitter(author);
                commit.setMessage(CommitMessage.of(links.get(i).heal(), branch));
                parent = inserter.insert(commit);
            }
            inserter.flush();
            return parent;
        }
    }

    /** Returns the files with every edit, as a forge wants them that makes the commit itself. */
    List<ForgeCommits.Content> contents() throws IOException {
        List<ForgeCommits.Content> contents = new ArrayList<>();
        for (Map.Entry<String, List<Edit>> file : byPath(links.size()).entrySet()) {
            try (TreeWalk walk = TreeWalk.forPath(repository, file.getKey(), base.getTree())) {
                boolean executable = walk != null && walk.getFileMode(0) == FileMode.EXECUTABLE_FILE;
                contents.add(new ForgeCommits.Content(
                        file.getKey(),
                        apply(file.getValue()),
                        executable ? ForgeCommits.Mode.EXECUTABLE : ForgeCommits.Mode.PLAIN));
            }
        }
        return contents;
    }

    private TreeMap<String, List<Edit>> byPath(int count) {
        TreeMap<String, List<Edit>> byPath = new TreeMap<>();
        links.subList(0, count)
                .forEach(link -> link.edits()
                        .forEach(edit -> byPath.computeIfAbsent(edit.path(), p -> new ArrayList<>())
                                .add(edit)));
        return byPath;
    }

    private ObjectId tree(int count, ObjectInserter inserter) throws IOException {
        TreeMap<String, List<Edit>> byPath = byPath(count);
        try (ObjectReader reader = repository.newObjectReader()) {
            DirCache cache = DirCache.read(reader, base.getTree());
            DirCacheEditor editor = cache.editor();
            for (List<Edit> edits : byPath.values()) {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, apply(edits));
                editor.add(new DirCacheEditor.PathEdit(edits.get(0).path()) {
                    @Override
                    public void apply(DirCacheEntry entry) {
                        entry.setObjectId(blob); // the mode stays
                    }
                });
            }
            editor.finish();
            return cache.writeTree(inserter);
        }
    }

    private static byte[] apply(List<Edit> edits) {
        List<Edit> inOrder =
                edits.stream().sorted(Comparator.comparingInt(Edit::start)).toList();
        byte[] committed = inOrder.get(0).committed();
        ByteArrayOutputStream result = new ByteArrayOutputStream(committed.length + 256);
        int reached = 0;
        for (Edit edit : inOrder) {
            result.write(committed, reached, edit.start() - reached);
            result.writeBytes(edit.after());
            reached = edit.end();
        }
        result.write(committed, reached, committed.length - reached);
        return result.toByteArray();
    }

    private record Link(ProvenHeal heal, List<Edit> edits) {}
}
