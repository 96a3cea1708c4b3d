import { always, type Login } from './api.ts';
import type { Attack, Scene } from './attack.ts';

/** The attack by somebody whose login should have ended. */
export const revocationAttacks: readonly Attack[] = [
  {
    id: 14,
    applies: always,
    disturbs: true,
    title: 'logins of before the password was changed or the account closed',
    requirement: 'ASVS v5.0.0-7.4.2, 7.4.3',
    async run(scene) {
      const { api, evidence, target } = scene;
      for (const kind of api.kinds) {
        const owner = await api.newLogin(kind);
        const thieves = await Promise.all(
          api.kinds.map((other) => api.signIn(owner.account, other)),
        );
        for (const login of thieves)
          evidence.control('it is open', await api.me(login.headers), 200);
        const changed = await api.post(
          '/auth/password',
          { currentPassword: owner.account.password, newPassword: `${owner.account.password}!` },
          owner.headers,
        );
        evidence.control('changing the password', changed, 204);
        for (const login of thieves) await mustBeDead(scene, login, 'the password was changed');
        evidence.control('the own login goes on', await api.me(owner.headers), 200);
        evidence.expect('the old password', await api.trySignIn(owner.account, kind), [401]);
      }

      if (!target.disable) return evidence.note('a closed account: needs a way to close one');
      const account = await api.register();
      const logins = await Promise.all(api.kinds.map((kind) => api.signIn(account, kind)));
      for (const login of logins) evidence.control('it is open', await api.me(login.headers), 200);
      await target.disable(account.email);
      for (const login of logins) await mustBeDead(scene, login, 'the account was closed');
    },
  },
];

/** A token whose login is not looked up lives on until it expires; nothing else may. */
async function mustBeDead({ api, answers, evidence }: Scene, login: Login, since: string) {
  if (login.kind === 'token') {
    evidence.expect(`refreshing after ${since}`, await api.refresh(login), [401]);
    if (answers.revocation !== 'instant') return;
  }
  const answer = await api.get('/auth/sessions', login.headers);
  evidence.expect(`a ${login.kind} after ${since}`, answer, [401]);
}
