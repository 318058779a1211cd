// The people of the small world; each signs in with the password below.

const password = 'correct horse 42 staple';

export const ACCOUNTS = {
    agent: { email: 'ana@maker.example', role: 'agent', name: 'Ana Agent', password },
    manager: { email: 'max@maker.example', role: 'manager', name: 'Max Manager', password },
    admin: { email: 'ada@maker.example', role: 'admin', name: 'Ada Admin', password },
    partner: {
        email: 'noe@nord.example', role: 'partner_tech', name: 'Noe Nord', password,
        partner: 'Atelier du Nord',
    },
    otherPartner: {
        email: 'susi@sued.example', role: 'partner_tech', name: 'Susi Sued', password,
        partner: 'Werkstatt Sued',
    },
};

export const PARTNERS = {
    nord: 'par_00000000000000000000000001',
    sued: 'par_00000000000000000000000002',
    ovest: 'par_00000000000000000000000003',
};

export const PRODUCTS = {
    tiller: 'prd_00000000000000000000000001',
    bigTiller: 'prd_00000000000000000000000002',
    generator: 'prd_00000000000000000000000003',
    powerStation: 'prd_00000000000000000000000004',
    unlisted: 'prd_00000000000000000000000005',
};

export const LINES = {
    tiller: 'lin_00000000000000000000000001',
    generator: 'lin_00000000000000000000000002',
    powerStation: 'lin_00000000000000000000000003',
    accessory: 'lin_00000000000000000000000004',
    cable: 'lin_00000000000000000000000005',
    mower: 'lin_00000000000000000000000006',
    pump: 'lin_00000000000000000000000007',
    heater: 'lin_00000000000000000000000008',
};

export const FLAG = 'flg_00000000000000000000000001';

/** A well-formed public id that nothing has. */
export const nobody = (prefix) => `${prefix}_zzzzzzzzzzzzzzzzzzzzzzzzzz`;
