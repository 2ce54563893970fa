package io.evenkeel.jenkins.executor;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import jenkins.util.Timer;
import org.jenkinsci.plugins.durabletask.Controller;
import org.jenkinsci.plugins.workflow.FilePathUtils;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code evenkeel.jar} in the workspace of a step and follows it until it ends.
 *
 * <p>The process is started the way {@code sh} and {@code bat} start theirs (durable-task): detached, with its log and exit code in files
 * beside the workspace. So it goes on while the controller restarts or the connection to the agent is gone, and is found again afterwards
 * by what is stored here: the node, the workspace and the position in the log. A plain {@code Launcher.launch} would die with the
 * connection. A process that died while nobody saw it leaves no exit code; durable-task believes in it for up to ten minutes, on Windows
 * for ever, so the process gives a sign of its own, see {@link AgentWatch}.
 *
 * <p>Nothing here blocks the pipeline's thread: every visit to the executor happens in a thread of its own, one at a time. A restart
 * between the end of the process and the end of the step repeats {@link #finish}, which therefore has to be repeatable.
 */
public abstract class ToolExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ToolExecution.class.getName());
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** What durable-task answers when the process ended without leaving an exit code, or never began. */
    private static final Set<Integer> PROCESS_GONE = Set.of(-1, -2);

    /** The same property as for {@code node} and {@code sh}; their field for it is not for other plugins. */
    private static final Duration PATIENCE = Duration.ofMillis(Long.getLong(
            "org.jenkinsci.plugins.workflow.support.pickles.ExecutorPickle.timeoutForNodeMillis",
            Duration.ofMinutes(5).toMillis()));

    private static final String DOUBT =
            " Whether the tests have gone on there is known within " + AgentWatch.SILENCE.toSeconds() + " seconds.";

    /** How long a stopped process may take to write its results before the step ends without them. */
    private static final Duration STOPPING = Duration.ofSeconds(45);

    private @Nullable String node;
    private @Nullable String remote;
    private @Nullable Controller controller;

    /** File on the node that the process touches while it lives. */
    private @Nullable String alive;

    /** Counts the planned visits: only the latest plans the next, so that a stop does not leave two of them going on. */
    private final AtomicLong turns = new AtomicLong();

    private transient Duration pause = SHORTEST;
    private transient volatile @Nullable Throwable stopped;
    private transient volatile long stopRequested;
    private transient @Nullable SecretMask mask;
    private transient AgentWatch watch = AgentWatch.inSight();
    private transient @Nullable VirtualChannel connection;
    private transient boolean stopSent;
    private transient boolean done;

    protected ToolExecution(StepContext context) {
        super(context);
    }

    /**
     * Prepares the workspace and returns what to call. May be repeated when a restart comes before the process is known to run.
     *
     * @throws AbortException when the step cannot be done, with what to change
     */
    protected abstract ToolCall prepare(ToolPlace place) throws IOException, InterruptedException;

    /**
     * Brings the results home once the process has ended, and returns the value of the step. Must be repeatable.
     *
     * @throws AbortException when the step has failed, with what to do
     */
    protected abstract @Nullable Object finish(ToolPlace place, int exitCode) throws IOException, InterruptedException;

    /** Saves what there is when the step was stopped; what cannot be saved is lost. */
    protected void rescue(ToolPlace place) throws IOException, InterruptedException {}

    @Override
    public final boolean start() throws Exception {
        FilePath workspace = getContext().get(FilePath.class);
        if (workspace == null) {
            throw new AbortException("Evenkeel: this step needs a workspace. Put it inside of node { }.");
        }
        node = FilePathUtils.getNodeName(workspace);
        remote = workspace.getRemote();
        schedule(Duration.ZERO);
        return false;
    }

    @Override
    public final void onResume() {
        pause = SHORTEST;
        watch = AgentWatch.inDoubt();
        schedule(pause);
    }

    @Override
    public final void stop(Throwable cause) {
        stopRequested = System.nanoTime();
        stopped = cause;
        schedule(Duration.ZERO);
    }

    @Override
    public final String getStatus() {
        return (controller == null ? "preparing" : "running") + " in " + remote + " on "
                + ("".equals(node) ? "the built-in node" : node);
    }

    private void schedule(Duration delay) {
        long turn = turns.incrementAndGet();
        try {
            Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.submit(() -> visit(turn)),
                            delay.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "the controller is going down; the next one takes over", e);
        }
    }

    /** One look at the executor, unless another one was planned meanwhile. */
    private synchronized void visit(long turn) {
        if (done || turn != turns.get()) {
            return;
        }
        try {
            ToolPlace place = Answer.within(this::place);
            if (place == null) {
                waitForNode();
            } else if (controller == null) {
                launch(place);
            } else {
                follow(place, controller);
            }
        } catch (AbortException | FlowInterruptedException e) {
            fail(e);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "lost " + remote + " on " + node, e);
            failUnlessLost(e);
        } catch (InterruptedException e) {
            // The controller is going down, and the next one takes over; or only a call was cut short, and it is
            // repeated.
            LOGGER.log(Level.FINE, "interrupted while looking at " + remote + " on " + node, e);
        } catch (LinkageError e) {
            fail(e);
        }
        if (!done && turn == turns.get()) {
            schedule(pause);
        }
    }

    private void launch(ToolPlace place) throws IOException, InterruptedException {
        if (stopped != null) {
            fail(stopped);
            return;
        }
        ToolCall call = prepare(place);
        FilePath jar = ToolJar.on(place.workspace(), place.launcher());
        String java = place.workspace().act(new AgentJava());
        FilePath sign = sign(place.workspace());
        EnvVars environment = new EnvVars(place.environment());
        environment.putAll(call.environment());
        environment.put("EVENKEEL_ALIVE", sign.getRemote());
        place.say(call.toString());
        controller = new ToolScript(jar.getRemote(), java, call.arguments())
                .task(place.launcher().isUnix())
                .launch(environment, place.workspace(), place.launcher(), place.listener());
        alive = sign.getRemote();
        mask = new SecretMask(place.listener().getLogger(), call.secret());
        save();
    }

    /** Beside the workspace, where a container sees it as well. */
    private static FilePath sign(FilePath workspace) throws IOException, InterruptedException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new IOException("Evenkeel: there is no temporary folder beside " + workspace.getRemote());
        }
        temporary.mkdirs();
        return temporary.child("evenkeel-" + UUID.randomUUID() + ".alive");
    }

    private void follow(ToolPlace place, Controller process) throws IOException, InterruptedException {
        if (stopped != null && !stopSent) {
            place.say("Stopping; Playwright writes its reports first.");
            process.stop(place.workspace(), place.launcher());
            stopSent = true;
            pause = SHORTEST;
        }
        OutputStream log = log(place);
        Look look = Answer.within(() -> look(place, process, log));
        Integer exitCode = look.exitCode();
        if (exitCode == null) {
            if (stopped != null && since(stopRequested).compareTo(STOPPING) > 0) {
                place.say("The process does not stop; going on without its results.");
                fail(stopped);
            } else if (look.process() == AgentWatch.Process.DEAD) {
                abandon(process, place.workspace(), place.launcher());
                throw processGone();
            } else {
                if (look.process() == AgentWatch.Process.FOUND) {
                    place.say("The tests have gone on there.");
                }
                pause = look.wrote() ? SHORTEST : longer(pause);
                if (look.wrote()) {
                    save();
                }
            }
            return;
        }
        process.writeLog(place.workspace(), log);
        ((SecretMask) log).forceEol();
        end(place, exitCode);
        process.cleanup(place.workspace());
        if (alive != null) {
            place.workspace().child(alive).delete();
        }
    }

    /** What one look at the process has shown; no exit code while it runs. */
    private record Look(boolean wrote, @Nullable Integer exitCode, AgentWatch.Process process) {}

    private Look look(ToolPlace place, Controller process, OutputStream log) throws IOException, InterruptedException {
        boolean wrote = process.writeLog(place.workspace(), log);
        Integer exitCode = process.exitStatus(place.workspace(), place.launcher(), place.listener());
        long touched = alive == null || !watch.doubts()
                ? 0
                : place.workspace().child(alive).lastModified();
        return new Look(wrote, exitCode, watch.look(touched));
    }

    private void end(ToolPlace place, int exitCode) throws IOException, InterruptedException {
        if (stopped != null) {
            try {
                rescue(place);
            } catch (IOException e) {
                place.say("What the stopped run has left could not be saved: " + e.getMessage());
            }
            fail(stopped);
            return;
        }
        if (PROCESS_GONE.contains(exitCode)) {
            throw processGone();
        }
        Object value = finish(place, exitCode);
        done = true;
        getContext().onSuccess(value);
    }

    private OutputStream log(ToolPlace place) throws IOException {
        SecretMask known = mask;
        if (known == null) {
            known = new SecretMask(place.listener().getLogger(), secret(place));
            mask = known;
        }
        return known;
    }

    /** Returns the text to hide in the log after a restart; nothing secret is stored with the build. */
    protected abstract String secret(ToolPlace place) throws IOException;

    private @Nullable ToolPlace place() throws IOException, InterruptedException {
        StepContext context = getContext();
        FilePath workspace = node == null || remote == null ? null : FilePathUtils.find(node, remote);
        if (workspace == null) {
            return null;
        }
        Run<?, ?> run = context.get(Run.class);
        TaskListener listener = context.get(TaskListener.class);
        Launcher launcher = context.get(Launcher.class);
        EnvVars environment = context.get(EnvVars.class);
        if (run == null || listener == null || launcher == null || environment == null) {
            return null;
        }
        boolean there = workspace.isDirectory();
        // An agent that is started again at once may be gone and back between two visits.
        VirtualChannel former = connection;
        connection = workspace.getChannel();
        if (former != null && former != connection && !watch.isLost()) {
            watch.lose();
        }
        boolean back = watch.isLost();
        if (back) {
            watch.find();
            listener.getLogger().println("[Evenkeel] " + node + " is back." + (controller == null ? "" : DOUBT));
        }
        if (!there && controller == null) {
            workspace.mkdirs();
        } else if (!there && back) {
            abandon(controller, workspace, launcher);
            throw processGone();
        } else if (!there) {
            abandon(controller, workspace, launcher);
            throw new AbortException("Evenkeel: the workspace " + remote + " was deleted while the tests ran.");
        }
        return new ToolPlace(run, workspace, launcher, environment, listener);
    }

    /** Ends what nobody follows any longer; found by the cookie in its environment, it needs no workspace to be stopped. */
    private static void abandon(Controller process, FilePath workspace, Launcher launcher) throws InterruptedException {
        try {
            process.stop(workspace, launcher);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "What was started in " + workspace + " could not be stopped", e);
        }
    }

    /** A connection that breaks shows itself as any exception, some time before Jenkins calls the agent offline; asking again tells. */
    private void failUnlessLost(Exception e) {
        if (!(e instanceof Answer.MissingException) && !Channel.isClosedChannelException(e) && answers(e)) {
            fail(e);
        } else {
            retryLater(e);
        }
    }

    private boolean answers(Exception former) {
        FilePath workspace = node == null || remote == null ? null : FilePathUtils.find(node, remote);
        if (workspace == null) {
            return false;
        }
        try {
            Answer.within(workspace::isDirectory);
            return true;
        } catch (IOException | InterruptedException | RuntimeException e) {
            former.addSuppressed(e);
            return false;
        }
    }

    private void retryLater(Exception e) {
        try {
            waitForNode();
        } catch (FlowInterruptedException gone) {
            gone.addSuppressed(e);
            fail(gone);
        }
    }

    /** An agent may come back; one that does not is given up after the time that {@code sh} waits too. */
    private void waitForNode() throws FlowInterruptedException {
        if (stopped != null) {
            fail(stopped);
            return;
        }
        if (!watch.isLost()) {
            watch.lose();
            tell(node + " cannot be reached. Waiting up to " + PATIENCE.toSeconds()
                    + " seconds for it; the tests go on there if the machine does.");
        } else if (watch.lostFor().compareTo(PATIENCE) > 0) {
            tell(node
                    + " did not come back. What it was doing has to be done elsewhere: the block evenkeel sees to"
                    + " that, any other node needs retry(conditions: [agent()], count: 2) around it.");
            throw AgentLost.exception(Result.ABORTED, node + " did not come back", watch.lostAt());
        }
        pause = longer(pause);
    }

    private FlowInterruptedException processGone() {
        String where = "".equals(node) ? "the built-in node" : String.valueOf(node);
        tell("The process on " + where + " is gone without an exit code. Maybe the machine was restarted, or ran out of"
                + " memory.");
        return AgentLost.exception(Result.FAILURE, "The process on " + where + " was lost", watch.lostAt());
    }

    private void tell(String line) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println("[Evenkeel] " + line);
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }

    private void fail(Throwable reason) {
        done = true;
        getContext().onFailure(watch.isLost() ? AgentLost.added(reason, node + " was lost", watch.lostAt()) : reason);
    }

    /** Without this, a restart right after the launch would start the same share twice. */
    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "The state of a running Evenkeel step could not be saved", e);
        }
    }

    private static Duration longer(Duration pause) {
        Duration longer = pause.multipliedBy(6).dividedBy(5);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** The folder of the Java that runs the agent. */
    private static final class AgentJava extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String invoke(File workspace, VirtualChannel channel) {
            return System.getProperty("java.home", "");
        }
    }
}
