/**
 * Follows the present call for whoever is not looking at the toolbar: alert, screen pop, `Missed`, history. Gives what is to be
 * told of each of its stages: `rings`, `begins`, `talks`, `over`. `platform` gives what the platform said as it rang.
 */
function callCourse({ option, tell, alert, history, platform, over }) {
  const tab = () => sessionStorage;
  let last;

  const pop = ({ agent, call }) => {
    const template = option('screenPop');
    // After a reload it still rings, and has been shown.
    if (typeof template !== 'string' || (call.id && kept(tab, 'agent-toolbar/popped') === call.id)) return;
    keep(tab, 'agent-toolbar/popped', call.id);
    const said = Object(platform());
    const { caller = call.party, called } = said.occCallId === call.id ? said : {};
    const { id, userData, group } = call;
    screenPop(template, option('screenPopTarget'), { caller, called, userData, id, group: group?.id, agent: agent.number }, call, tell);
  };
  const end = (call, mine) => {
    over();
    history.add(call, mine, mine?.since || Date.now());
    if (call.direction === 'inbound' && call.since === null && !mine?.talked) tell('Missed', { call });
  };

  return (stage, snapshot, says) => {
    const { call, wrapUp } = snapshot;
    last = call ?? last;
    alert.rings(stage === 'rings' ? says : undefined, call?.group?.name ?? '');
    if (stage === 'rings') pop(snapshot);
    if (stage === 'over' && last) {
      const gone = last;
      last = undefined;
      end(gone, wrapUp?.callId === gone.id ? wrapUp : null);
    }
  };
}
