module.exports = (app) => {
  app.use((req, res, next) => {
    res.set('Access-Control-Allow-Origin', '*');
    next();
  });
  app.get('/_api/server.js', (req, res) => res.type('txt').sendFile('server.js', { root: __dirname }));
};
